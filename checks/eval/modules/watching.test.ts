import { execaSync } from "execa";
import { describe, expect, test } from "vitest";
import { inputs } from "../../offline-inputs.ts";
import { hasShellcheck, observed, unit } from "./observed.ts";

describe.skipIf(inputs === null)("verify, guard and monitoring", () => {
  test("the check of the storage runs before each start, however often that is", () => {
    const { serviceConfig, unitConfig } = unit("example", "dbtrfs-attributes-orders");
    expect(serviceConfig).not.toHaveProperty("RemainAfterExit");
    expect(unitConfig.StartLimitIntervalSec).toBe(0);
  });

  test("the guard knows the mount, and where the page checksums are the only ones", () => {
    const guarded = unit("example", "dbtrfs-attributes-orders").script;
    expect(guarded).toContain("guard=1\n");
    expect(guarded).toContain("mount_point=/var/lib/postgresql\n");
    expect(guarded).toContain("page_checksums_of=''\n");
    expect(unit("withoutGuard", "dbtrfs-attributes-orders").script).toContain("guard=''\n");
    const ofEighteen = unit("checksumsOfEighteen", "dbtrfs-attributes-orders").script;
    expect(ofEighteen).toContain("page_checksums_of=postgresql\n");
  });

  test("with a plan the host is compared with it, by a unit that cannot change anything", () => {
    const { serviceConfig } = unit("withPlan", "dbtrfs-verify");
    expect(serviceConfig.ExecStart).toMatch(/\/bin\/dbtrfs-verify --metrics$/);
    expect(serviceConfig.ReadWritePaths).toEqual(["/var/lib/dbtrfs/metrics"]);
    expect(serviceConfig.CapabilityBoundingSet).toEqual(["CAP_DAC_READ_SEARCH", "CAP_SETGID", "CAP_SETUID"]);
    expect(observed("withPlan").systemd.timers["dbtrfs-verify"]?.timerConfig).toMatchObject({
      OnCalendar: "hourly",
    });
    expect(observed("defaults").systemd.services).not.toHaveProperty("dbtrfs-verify");
  });

  test.skipIf(!hasShellcheck)("the check of the storage as a whole passes shellcheck", () => {
    const input = unit("example", "dbtrfs-attributes-orders").script;
    const { stdout } = execaSync("shellcheck", ["--shell=bash", "-"], { input, reject: false });
    expect(stdout).toBe("");
  });

  test("node_exporter, Prometheus and Grafana get the metrics, the rules and the dashboard beside their owner's", () => {
    const { services, environment } = observed("monitored");
    expect(services.prometheus.nodeFlags.toSorted()).toEqual([
      "--collector.textfile.directory=/var/lib/dbtrfs/metrics",
      "--collector.textfile.directory=/var/lib/own",
    ]);
    expect(services.prometheus.ruleFiles.toSorted()).toEqual([
      "/etc/nixos/monitoring/rules.yml",
      "/etc/prometheus/own.yml",
    ]);
    expect(services.grafana.enable).toBe(true);
    const providers = services.grafana.dashboards.settings?.providers ?? [];
    expect(providers).toHaveLength(2);
    expect(providers).toContainEqual(
      expect.objectContaining({ name: "dbtrfs", options: { path: "/etc/dbtrfs/dashboards" } }),
    );
    expect(environment.etc["dbtrfs/dashboards/db1.json"]?.source).toBe(
      "/etc/nixos/monitoring/dashboard.json",
    );
  });

  test("monitoring.enable = false leaves all three to their owner", () => {
    const { services, environment } = observed("monitoredElsewhere");
    expect(services.prometheus.nodeFlags).toEqual(["--collector.textfile.directory=/var/lib/own"]);
    expect(services.prometheus.ruleFiles).toEqual(["/etc/prometheus/own.yml"]);
    expect(services.grafana.dashboards.settings?.providers).toHaveLength(1);
    expect(Object.keys(environment.etc).filter((name) => name.includes("dashboards"))).toEqual([]);
  });

  test("a host with node_exporter alone shows its metrics, and nothing is set of what it does not run", () => {
    const { services } = observed("exporterAlone");
    expect(services.prometheus).toEqual({
      nodeFlags: ["--collector.textfile.directory=/var/lib/dbtrfs/metrics"],
      ruleFiles: [],
    });
    expect(services.grafana).toEqual({ enable: false, dashboards: { path: null, settings: null } });
    expect(observed("defaults").services.prometheus.nodeFlags).toEqual([]);
  });
});
