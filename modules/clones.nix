# Thin clones (../runtime/dbtrfs/clone): writable copies of a database for work that must not touch it, made in a moment
# from a snapshot by whoever is in a group, and deleted when their time is over.
#
# Nobody needs rights for it but to open a socket: behind it a sandboxed service of root's answers one request a
# connection, whose few words it lets through by their form alone. A rule for sudo would hand a command line and an
# environment to a root's program, and one for polkit has no place for a request beside a unit's name.
{ lib, config, ... }:
let
  inherit (lib) mkIf mkOption types;
  cfg = config.dbtrfs;
  inherit (cfg) clones;
  inherit (import ./clones/duration.nix { inherit lib; }) duration;
  sandbox = import ./clones/sandbox.nix { inherit lib config; };
  instances = lib.filterAttrs (_: i: i.clones) cfg.instances;
  directories = lib.unique (map (i: i.cloneDirectory) (lib.attrValues instances));
in
{
  imports = [ ./clones/servers.nix ];

  options.dbtrfs.clones = {
    enable = mkOption {
      type = types.bool;
      default = instances != { };
      defaultText = lib.literalMD "where an instance has `clones = true`";
      description = "Whether clones can be made on this host, of the instances that allow it.";
      example = false;
    };

    group = mkOption {
      type = types.strMatching "[a-z_][a-z0-9_-]{0,30}" // {
        description = "name of a group";
      };
      default = "dbtrfs-clones";
      description = ''
        The group whose members may make clones, and destroy and reset their own. It is created; who is in it is for you
        to say. A clone has the database's passwords and rows: whoever may read a clone of SQLite's files, or has an
        account in the database, sees what is in it.
      '';
      example = "developers";
    };

    ttl = mkOption {
      type = duration;
      default = "4h";
      description = "How long a clone lives if nobody says otherwise.";
      example = "1d";
    };

    longestTtl = mkOption {
      type = duration;
      default = "7d";
      description = ''
        The longest that anyone may ask for. A clone keeps the blocks that the original has since replaced: the longer
        it lives, the more room it takes without writing anything.
      '';
      example = "2d";
    };

    most = mkOption {
      type = types.ints.between 1 1000;
      default = 10;
      description = "How many clones there may be at once on this host.";
      example = 3;
    };

    memoryMiB = mkOption {
      type = types.ints.between 192 1048576;
      default = 1024;
      description = ''
        Most memory of a clone's server, as systemd's MemoryMax. PostgreSQL's shared buffers are a quarter of it, InnoDB's
        buffer pool is half. Where it is not enough, the clone's server ends and no other process.
      '';
      example = 4096;
    };

    spaceGiB = mkOption {
      type = types.ints.between 1 1048576;
      default = 10;
      description = ''
        How much a clone may write. It is measured every minute, as what is newer in its tree than the clone itself;
        one that has written more is stopped, with its files as they are.
      '';
      example = 50;
    };

    keepFreePercent = mkOption {
      type = types.ints.between 1 90;
      default = 10;
      description = ''
        The part of the filesystem that clones leave alone. Below it none is made, and those that run are stopped: on a
        full Btrfs the original stops too.
      '';
      example = 20;
    };

    firstPort = mkOption {
      type = types.port;
      default = 15400;
      description = "The first of the ports that clones' servers get, on 127.0.0.1 alone.";
      example = 6000;
    };

    lastPort = mkOption {
      type = types.port;
      default = 15499;
      description = "The last of these ports.";
      example = 6020;
    };
  };

  config = mkIf (clones.enable && instances != { }) {
    users.groups.${clones.group} = { };

    systemd.sockets.dbtrfs-clones = {
      description = "Requests for clones of databases";
      wantedBy = [ "sockets.target" ];
      listenStreams = [ "/run/dbtrfs/clones.sock" ];
      socketConfig = {
        Accept = true;
        SocketUser = "root";
        SocketGroup = clones.group;
        SocketMode = "0660";
        MaxConnections = 32;
      };
    };

    systemd.services."dbtrfs-clones@" = {
      description = "Answer to a request for a clone";
      unitConfig = {
        RequiresMountsFor = directories;
        CollectMode = "inactive-or-failed";
      };
      serviceConfig = sandbox // {
        ExecStart = "${cfg.package}/bin/dbtrfs-clone answer";
        StandardInput = "socket";
        StandardOutput = "journal";
        StandardError = "journal";
      };
    };

    # A unit of a timer that is on the disk: it survives a reboot, and so do the clones' ends.
    systemd.services.dbtrfs-clones-keep = {
      description = "Ends and limits of clones";
      unitConfig.RequiresMountsFor = directories;
      serviceConfig = sandbox // {
        Type = "oneshot";
        ExecStart = "${cfg.package}/bin/dbtrfs-clone keep";
        TimeoutStartSec = "15min";
        Nice = 10;
      };
    };
    systemd.timers.dbtrfs-clones-keep = {
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnCalendar = "minutely";
        AccuracySec = "5s";
      };
    };

    systemd.tmpfiles.settings."00-dbtrfs" = lib.genAttrs (directories ++ [ "/run/dbtrfs-clone" ]) (_: {
      d = {
        user = "root";
        group = "root";
        mode = "0711";
      };
    });
  };
}
