# The programs that run on the host (../runtime), and what they need to know of it: /etc/dbtrfs/instances.json has the
# options of the instances and what follows from them, /etc/dbtrfs/plan.json the plan where there is one.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.dbtrfs;
  places = import ./places.nix { inherit lib config; };
  paths = import ./paths.nix { inherit lib; };
  backupOf = import ./backup/restore-facts.nix { inherit lib config pkgs; };

  inherit (import ./clones/duration.nix { inherit lib; }) seconds;
  clonePolicy = {
    inherit (cfg.clones)
      firstPort
      keepFreePercent
      lastPort
      memoryMiB
      most
      ;
    ttlSeconds = seconds cfg.clones.ttl;
    longestSeconds = seconds cfg.clones.longestTtl;
    spaceMiB = 1024 * cfg.clones.spaceGiB;
  };

  describe = instance: {
    inherit (instance)
      engine
      mountPoint
      user
      group
      mode
      units
      directories
      snapshots
      snapshotDirectory
      ;
    dataDirectory = places.data instance;
    logFilesystem = places.logFilesystem instance;
    redo = places.redo instance;
    binlog = places.binlog instance;
    port = places.port instance;
    backup = backupOf instance;
    cloneDirectory = if cfg.clones.enable && instance.clones then instance.cloneDirectory else null;
    # Its bin/ has the server and its tools.
    server = if places.server instance == null then null else "${places.server instance}";
  };
in
{
  options.dbtrfs = {
    package = mkOption {
      type = types.package;
      default = pkgs.callPackage ../runtime/package.nix { };
      defaultText = lib.literalMD "built from `runtime/`";
      description = "The programs that run on the host.";
      example = lib.literalExpression "dbtrfs.packages.\${pkgs.stdenv.hostPlatform.system}.runtime";
    };

    plan = mkOption {
      type = types.nullOr types.path;
      default = null;
      description = "The plan.json that the configuration was generated with; null for a configuration without a plan.";
      example = lib.literalExpression "./plan.json";
    };

    metricsDirectory = mkOption {
      type = paths.type;
      default = "/var/lib/dbtrfs/metrics";
      description = "Where metrics are written as files that node_exporter's textfile collector reads.";
      example = "/var/lib/node_exporter/textfile";
    };
  };

  config = lib.mkIf (cfg.instances != { }) {
    environment.systemPackages = [ cfg.package ];
    environment.etc = {
      "dbtrfs/instances.json".text = builtins.toJSON {
        inherit (cfg) metricsDirectory;
        clones = if cfg.clones.enable then clonePolicy else null;
        instances = lib.mapAttrs (_: describe) cfg.instances;
      };
    }
    // lib.optionalAttrs (cfg.plan != null) { "dbtrfs/plan.json".source = cfg.plan; };
    # Metrics are no secret: whoever runs node_exporter reads them.
    systemd.tmpfiles.settings."00-dbtrfs".${cfg.metricsDirectory}.d = {
      user = "root";
      group = "root";
      mode = "0755";
    };
  };
}
