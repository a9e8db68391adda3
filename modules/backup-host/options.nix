# The options of a backup host.
{ lib, ... }:
let
  inherit (lib) mkOption types;
  paths = import ../paths.nix { inherit lib; };
in
{
  options.dbtrfs.backupHost = {
    enable = mkOption {
      type = types.bool;
      default = false;
      description = "Whether this host keeps snapshots that other hosts send by `btrbk-send`.";
      example = true;
    };

    directory = mkOption {
      type = paths.type;
      default = "/srv/backup";
      description = ''
        Where they are kept, on a Btrfs filesystem of its own disks. What `orders` of host `db1` sends lies in
        `db1/orders` below it.
      '';
      example = "/mnt/backup";
    };

    user = mkOption {
      type = types.strMatching "[a-z_][a-z0-9_-]*";
      default = "btrbk";
      description = ''
        The account that the keys let in, which runs one program of ours as root and nothing else. Where it is another
        one, the sending hosts name it: `USER@HOST:/DIRECTORY`.
      '';
      example = "receiver";
    };

    hosts = mkOption {
      type = types.attrsOf (types.submodule ./host.nix);
      default = { };
      description = "The sending hosts, each confined to a directory of its name.";
      example = lib.literalExpression ''
        {
          db1 = {
            keys = [ "ssh-ed25519 AAAA… btrbk@db1" ];
            spaceLimitGiB = 500;
            databases.orders.recoveryPoint = "1h";
          };
        }
      '';
    };

    verify.onCalendar = mkOption {
      type = types.str;
      default = "hourly";
      description = "When `dbtrfs-received verify` looks at what was received, as systemd.time(7) writes calendars.";
      example = "*:0/15";
    };

    thin.onCalendar = mkOption {
      type = types.str;
      default = "*-*-* 05:30:00";
      description = "When old snapshots are deleted, as systemd.time(7) writes calendars.";
      example = "hourly";
    };

    check = {
      onCalendar = mkOption {
        type = types.str;
        default = "weekly";
        description = ''
          When a copy of each database's newest snapshot is started and checked, of those hosts whose `instances` are
          given, as systemd.time(7) writes calendars.
        '';
        example = "Sat *-*-* 02:00:00";
      };

      level = mkOption {
        type = types.enum [
          "full"
          "quick"
        ];
        default = "full";
        description = "`quick` leaves out what reads every page.";
        example = "quick";
      };
    };
  };
}
