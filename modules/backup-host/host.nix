# The options of one sending host.
{ lib, config, ... }:
let
  inherit (lib) mkOption types;

  # One line of authorized_keys(5) without options: those are ours.
  key = types.strMatching "(ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+=*( [^\n\"]*)?" // {
    description = ''public ssh key such as "ssh-ed25519 AAAA… comment"'';
  };

  keep = types.strMatching "[1-9][0-9]*[hdwmy]( [1-9][0-9]*[hdwmy])*" // {
    description = ''list of counts with a unit, such as "24h 14d 8w 6m"'';
  };

  database = {
    options = {
      recoveryPoint = mkOption {
        type = types.strMatching "[1-9][0-9]*(s|min|h|d|w)" // {
          description = "number and unit, such as 30s, 5min, 1h, 7d or 2w";
        };
        default = "1d";
        description = ''
          How old the newest snapshot may be, as in the database's spec (`recoveryPointObjective`). An hour more, or a
          tenth where that is longer, is for the transfer.
        '';
        example = "1h";
      };

      keep = mkOption {
        type = keep;
        default = config.keep;
        defaultText = lib.literalMD "the host's `keep`";
        description = "What is kept of this database.";
        example = "30d 12m";
      };
    };
  };
in
{
  options = {
    keys = mkOption {
      type = types.listOf key;
      default = [ ];
      description = ''
        Public keys that may send: receive into the directories of this host's databases, see what is there, and nothing
        else. They can neither read nor delete.
      '';
      example = [ "ssh-ed25519 AAAA… btrbk@db1" ];
    };

    restoreKeys = mkOption {
      type = types.listOf key;
      default = [ ];
      description = ''
        Public keys that may read this host's snapshots, and nothing else: for the time of a restore to a new host.
      '';
      example = [ "ssh-ed25519 AAAA… root@new-db1" ];
    };

    spaceLimitGiB = mkOption {
      type = types.nullOr types.ints.positive;
      default = null;
      description = ''
        How much this host's snapshots may take up together, by Btrfs' simple quotas; null for all that there is. What
        lay on the filesystem before they were turned on does not count.
      '';
      example = 500;
    };

    keep = mkOption {
      type = keep;
      default = "24h 14d 8w 6m";
      description = ''
        Which snapshots are kept, in btrbk's notation; the newest always is, however old. The sending host has no say.
      '';
      example = "48h 30d 12m";
    };

    databases = mkOption {
      type = types.attrsOf (types.submodule database);
      default = { };
      description = "What it sends, by the names of its `dbtrfs.instances`.";
      example = {
        orders.recoveryPoint = "1h";
      };
    };

    instances = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = ''
        The text of the sending host's `/etc/dbtrfs/instances.json`. With it copies of what was received are started and
        checked here (`dbtrfs-received check`), by the same servers, which must be able to run on this host, under
        accounts of the same names and numbers. null: nothing is started.
      '';
      example = lib.literalExpression ''self.nixosConfigurations.db1.config.environment.etc."dbtrfs/instances.json".text'';
    };
  };
}
