# The backup host of the scenario cluster_backup: the host of that name keeps what shop and cart send. The scenario makes the
# keys, and puts them in the place of these.
{ config, lib, ... }:
let
  key = name: "ssh-ed25519 AAAA${name} ${name}";
  sender = name: {
    keys = [ (key name) ];
    restoreKeys = [ (key "restore${name}") ];
    spaceLimitGiB = 8;
    databases.${name}.recoveryPoint = "1h";
  };
in
{
  config = lib.mkIf (config.networking.hostName == "keeper") {
    services.openssh.enable = true;
    dbtrfs.backupHost = {
      enable = true;
      directory = "/mnt/received";
      hosts = lib.genAttrs [
        "cart"
        "shop"
      ] sender;
    };
    lab.receives = true;
    # As NixOS writes it into sudoers.
    environment.etc."sudoers.d/backup-host".text = config.security.sudo.extraConfig;
  };
}
