# What the metrics of a backup host say to Prometheus: wired up where it runs here, and a file to copy for elsewhere.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  cfg = config.dbtrfs.backupHost;
  inherit (config.services) prometheus;
  enabled = cfg.enable && config.dbtrfs.monitoring.enable;

  # Findings that mean that a disaster today would cost more than was agreed.
  urgent = [
    "age"
    "changed"
    "directory"
  ];

  rule = alert: severity: hold: expr: description: {
    inherit alert expr;
    "for" = hold;
    labels = { inherit severity; };
    annotations = {
      summary = "{{ $labels.instance }}: ${description}";
      description = "As root on that host, 'dbtrfs-received verify' says what it is and what to do.";
    };
  };

  rules = [
    (rule "DbtrfsReceivedTooOld" "critical" "10m"
      ''dbtrfs_received_findings{check=~"${lib.concatStringsSep "|" urgent}"} > 0''
      "a sending host's newest backup is too old, or no backup (check {{ $labels.check }})"
    )
    (rule "DbtrfsReceivedFindings" "warning" "3h"
      ''dbtrfs_received_findings{check!~"${lib.concatStringsSep "|" urgent}"} > 0''
      "something is wrong with received backups (check {{ $labels.check }})"
    )
    (rule "DbtrfsReceivedCheckFailed" "critical" "1m" "dbtrfs_received_check_success == 0"
      "{{ $labels.database }} of {{ $labels.sender }} does not start from its newest backup, or its check finds damage"
    )
    (rule "DbtrfsReceivedNotVerified" "critical" "10m"
      "time() - dbtrfs_received_verify_timestamp_seconds > 3 * 3600 or absent(dbtrfs_received_verify_timestamp_seconds)"
      "nobody has looked at received backups for hours"
    )
  ];

  # JSON is YAML.
  text = builtins.toJSON {
    groups = [
      {
        name = "dbtrfs-backup-host";
        inherit rules;
      }
    ];
  };
in
{
  config = lib.mkIf enabled {
    environment.etc."dbtrfs/backup-host-rules.yml".text = text;
    services.prometheus.ruleFiles = lib.mkIf prometheus.enable [
      (pkgs.writeText "backup-host-rules.yml" text)
    ];
    # ../monitoring.nix does it where this host has databases of its own.
    services.prometheus.exporters.node.extraFlags =
      lib.mkIf (prometheus.exporters.node.enable && config.dbtrfs.instances == { })
        [ "--collector.textfile.directory=${config.dbtrfs.metricsDirectory}" ];
  };
}
