# What the plan says to Prometheus and Grafana, and how both get at the metrics: wired up where they run on this host.
# Metrics themselves come from the units (./verify.nix, ./snapshots.nix …).
{ lib, config, ... }:
let
  inherit (lib) mkIf mkOption types;
  cfg = config.dbtrfs;
  inherit (cfg) monitoring;
  inherit (config.services) grafana prometheus;
  host = config.networking.hostName;
in
{
  options.dbtrfs.monitoring = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether the metrics are shown to node_exporter, the rules to Prometheus and the dashboard to Grafana, each where
        this host runs it. `false` where you wire them up yourself, such as by a `metricsDirectory` that
        node_exporter reads already.
      '';
      example = false;
    };

    rules = mkOption {
      type = types.nullOr types.path;
      default = null;
      description = ''
        The alerting rules for this host; null for none. A Prometheus on another host takes the same file into its
        own `services.prometheus.ruleFiles`.
      '';
      example = lib.literalExpression "./monitoring/rules.yml";
    };

    dashboard = mkOption {
      type = types.nullOr types.path;
      default = null;
      description = ''
        The dashboard for this host; null for none. A Grafana on another host takes the same file.
      '';
      example = lib.literalExpression "./monitoring/dashboard.json";
    };
  };

  config = mkIf (monitoring.enable && cfg.instances != { }) {
    # The flag may be given again: another directory of yours stays (node_exporter, collector/textfile.go).
    services.prometheus.exporters.node.extraFlags = mkIf prometheus.exporters.node.enable [
      "--collector.textfile.directory=${cfg.metricsDirectory}"
    ];

    services.prometheus.ruleFiles = mkIf (prometheus.enable && monitoring.rules != null) [
      monitoring.rules
    ];

    environment.etc = mkIf (grafana.enable && monitoring.dashboard != null) {
      "dbtrfs/dashboards/${host}.json".source = monitoring.dashboard;
    };

    # Settings and a path of one's own exclude each other (nixos/modules/services/monitoring/grafana.nix).
    services.grafana.provision = mkIf (grafana.enable && monitoring.dashboard != null) {
      enable = true;
      dashboards.settings.providers = [
        {
          name = "dbtrfs";
          options.path = "/etc/dbtrfs/dashboards";
        }
      ];
    };
  };
}
