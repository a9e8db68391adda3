# The backup host of the scenario backup_host, on the same machine: where a host of the lab sends to /mnt/received, it is
# received there too. The scenario makes the keys, and puts them in the place of these.
{ config, lib, ... }:
let
  targets = map (i: i.backup.target) (
    lib.filter (i: i.backup != null) (lib.attrValues config.dbtrfs.instances)
  );
  isKept = lib.any (lib.hasPrefix "localhost:/mnt/received/") targets;
  key = name: "ssh-ed25519 AAAA${name} ${name}";
in
{
  config = lib.mkIf isKept {
    services.openssh.enable = true;
    dbtrfs.backupHost = {
      enable = true;
      directory = "/mnt/received";
      hosts = {
        lab = {
          keys = [ (key "lab") ];
          restoreKeys = [ (key "restore") ];
          spaceLimitGiB = 8;
          databases.lab.recoveryPoint = "1h";
          instances = config.environment.etc."dbtrfs/instances.json".text;
        };
        second = {
          keys = [ (key "second") ];
          spaceLimitGiB = 8;
          keep = "24h 14d 4w";
          databases.files.recoveryPoint = "1h";
        };
      };
    };
    # As NixOS writes it into sudoers.
    environment.etc."sudoers.d/backup-host".text = config.security.sudo.extraConfig;
  };
}
