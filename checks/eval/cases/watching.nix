# The comparison with the plan, the guard, and monitoring.
{ hosts, ... }:
let
  inherit (hosts)
    orders
    postgresql
    ;

  # Everything on one host, each part with something of its owner's.
  monitored = {
    networking.hostName = "db1";
    services.prometheus = {
      enable = true;
      ruleFiles = [ "/etc/prometheus/own.yml" ];
      exporters.node = {
        enable = true;
        extraFlags = [ "--collector.textfile.directory=/var/lib/own" ];
      };
    };
    services.grafana = {
      enable = true;
      provision.dashboards.settings.providers = [
        {
          name = "own";
          options.path = "/etc/own";
        }
      ];
    };
    dbtrfs.monitoring = {
      rules = "/etc/nixos/monitoring/rules.yml";
      dashboard = "/etc/nixos/monitoring/dashboard.json";
    };
  };
in
{
  sound = {
    monitored = [
      postgresql
      monitored
    ];
    monitoredElsewhere = [
      postgresql
      monitored
      { dbtrfs.monitoring.enable = false; }
    ];
    exporterAlone = [
      postgresql
      { services.prometheus.exporters.node.enable = true; }
    ];
    withPlan = [
      postgresql
      { dbtrfs.plan = ../fixtures/postgresql-oltp/expected/plan.json; }
    ];
    withoutGuard = orders { guard = false; };
  };
  broken = {
    verifyWithoutPlan = [
      postgresql
      { dbtrfs.verify.enable = true; }
    ];
  };
}
