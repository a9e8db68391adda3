# Hosts that keep the backups of others.
{ lib, hosts }:
let
  inherit (hosts) host postgresql secondDisk;
  inherit (lib) mkForce;

  key = letter: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${letter} btrbk@db";

  # The whole of it: two hosts send, one of them is being restored to a new host.
  keeping = {
    imports = [
      host
      (secondDisk [
        "noatime"
        "nodev,nosuid"
      ])
    ];
    networking.hostName = "backup1";
    services.openssh.enable = true;
    dbtrfs.backupHost = {
      enable = true;
      directory = "/mnt/backup";
      hosts = {
        db1 = {
          keys = [ (key "A") ];
          restoreKeys = [ (key "B") ];
          spaceLimitGiB = 500;
          databases = {
            orders.recoveryPoint = "1h";
            sessions.keep = "7d";
          };
        };
        db2 = {
          keys = [ (key "C") ];
          keep = "24h 30d";
          databases.shop = { };
          instances = builtins.toJSON { instances.shop.engine = "mariadb"; };
        };
      };
    };
  };

  with' = extra: [
    keeping
    extra
  ];
  ofDb1 = options: with' { dbtrfs.backupHost.hosts.db1 = options; };
in
{
  sound = {
    backupHost = [ keeping ];
    backupHostWithDatabases = [
      keeping
      postgresql
      {
        services.prometheus = {
          enable = true;
          exporters.node.enable = true;
        };
      }
    ];
    backupHostMonitored = with' {
      services.prometheus = {
        enable = true;
        exporters.node.enable = true;
      };
    };
    backupHostOfAnotherAccount = with' {
      services.btrbk.instances.own = { };
      dbtrfs.backupHost.user = "receiver";
    };
  };
  broken = {
    backupHostNotOnBtrfs = with' { fileSystems."/mnt/backup".fsType = mkForce "ext4"; };
    backupHostOnSystemDisk = with' {
      dbtrfs.backupHost.directory = mkForce "/srv/backup";
      fileSystems."/".options = [ "nodev,nosuid" ];
    };
    backupHostRunsWhatIsSent = with' { fileSystems."/mnt/backup".options = mkForce [ "nosuid" ]; };
    backupHostWithoutSsh = with' { services.openssh.enable = mkForce false; };
    backupHostWithoutSudo = with' { security.sudo.enable = false; };
    backupHostSharesBtrbk = with' { services.btrbk.instances.own = { }; };
    backupHostKeyTwice = ofDb1 { restoreKeys = [ (key "C") ]; };
    backupHostOldKernel = with' {
      boot.kernelPackages.kernel = {
        version = "6.6.1";
        kernelAtLeast = _: false;
      };
    };
    backupHostOddName = with' {
      dbtrfs.backupHost.hosts."db.3" = {
        keys = [ (key "D") ];
        databases.orders = { };
      };
    };
    backupHostWithoutKey = ofDb1 { keys = mkForce [ ]; };
    backupHostWithoutDatabase = ofDb1 { databases = mkForce { }; };
    backupHostOfOtherInstances = with' { dbtrfs.backupHost.hosts.db2.databases.other = { }; };
  };
}
