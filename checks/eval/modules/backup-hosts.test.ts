import { describe, expect, test } from "vitest";
import { hasPromtool, promtool } from "../../monitoring/promtool.ts";
import { inputs } from "../../offline-inputs.ts";
import { observed, unit } from "./observed.ts";

const etc = (name: string, path: string): string => {
  const text = observed(name).environment.etc[path]?.text;
  if (text === undefined || text === null) throw new Error(`${name} has no text in /etc/${path}`);
  return text;
};

describe.skipIf(inputs === null)("backup hosts", () => {
  test("a key opens one program, for its own host and what it is for, with what was asked as one word", () => {
    const lines = etc("backupHost", "ssh/authorized_keys.d/btrbk").trim().split("\n");
    expect(lines).toHaveLength(3);
    const of = (host: string, role: string): RegExp =>
      new RegExp(
        `^restrict,command="/run/wrappers/bin/sudo -n \\S+/bin/dbtrfs-receive ${host} ${role} \\\\"\\$SSH_ORIGINAL_COMMAND\\\\"" ssh-ed25519 `,
      );
    expect(lines[0]).toMatch(of("db1", "backup"));
    expect(lines[1]).toMatch(of("db1", "restore"));
    expect(lines[2]).toMatch(of("db2", "backup"));
  });

  test("another account has the keys where btrbk's own is in use", () => {
    expect(etc("backupHostOfAnotherAccount", "ssh/authorized_keys.d/receiver")).toContain(
      "dbtrfs-receive db1 ",
    );
    expect(observed("backupHostOfAnotherAccount").environment.etc).not.toHaveProperty([
      "ssh/authorized_keys.d/btrbk",
    ]);
  });

  test("the programs know the hosts, their limits, and what copies are started by", () => {
    expect(JSON.parse(etc("backupHost", "dbtrfs/backup-host.json"))).toEqual({
      directory: "/mnt/backup",
      mountPoint: "/mnt/backup",
      metricsDirectory: "/var/lib/dbtrfs/metrics",
      hosts: {
        db1: {
          spaceLimit: 500 * 2 ** 30,
          databases: {
            orders: {
              recoveryPoint: "1h",
              retention: "/etc/dbtrfs/backup-host/db1/orders.conf",
              instance: null,
            },
            sessions: {
              recoveryPoint: "1d",
              retention: "/etc/dbtrfs/backup-host/db1/sessions.conf",
              instance: null,
            },
          },
        },
        db2: {
          spaceLimit: null,
          databases: {
            shop: {
              recoveryPoint: "1d",
              retention: "/etc/dbtrfs/backup-host/db2/shop.conf",
              instance: { engine: "mariadb" },
            },
          },
        },
      },
    });
  });

  test("each database is kept by its own rule, its host's or the default, and the newest always", () => {
    const rulesOf = (path: string): string[] =>
      etc("backupHost", `dbtrfs/backup-host/${path}.conf`)
        .split("\n")
        .filter((line) => line.startsWith("snapshot_preserve"));
    const latest = "snapshot_preserve_min latest";
    expect(rulesOf("db1/orders")).toEqual(["snapshot_preserve 24h 14d 8w 6m", latest]);
    expect(rulesOf("db1/sessions")).toEqual(["snapshot_preserve 7d", latest]);
    expect(rulesOf("db2/shop")).toEqual(["snapshot_preserve 24h 30d", latest]);
  });

  test("nothing runs without the disk, and nothing before the directories are made", () => {
    for (const name of ["thin", "verify", "check"]) {
      const { requires, after, unitConfig, path } = unit("backupHost", `dbtrfs-received-${name}`);
      expect(requires).toEqual(["dbtrfs-backup-host.service"]);
      expect(after).toEqual(["dbtrfs-backup-host.service"]);
      expect(unitConfig.RequiresMountsFor).toEqual(["/mnt/backup"]);
      expect(path).toContain("btrbk");
    }
    expect(observed("backupHost").systemd.timers).toHaveProperty("dbtrfs-received-thin");
  });

  test("copies are started where some host's instances are known alone", () => {
    expect(observed("backupHost").systemd.timers).toHaveProperty("dbtrfs-received-check");
    expect(observed("backupHost").systemd.services["dbtrfs-received-check"]?.serviceConfig.ExecStart).toMatch(
      / check --check full$/,
    );
  });

  test("metrics and rules are wired up once, whether the host has databases of its own or not", () => {
    for (const name of ["backupHostMonitored", "backupHostWithDatabases"]) {
      expect(observed(name).services.prometheus.nodeFlags).toEqual([
        "--collector.textfile.directory=/var/lib/dbtrfs/metrics",
      ]);
      expect(observed(name).services.prometheus.ruleFiles).toEqual([
        expect.stringContaining("backup-host-rules.yml"),
      ]);
    }
  });

  test.skipIf(!hasPromtool)(
    "the rules fire for a backup that is too old and one that does not start",
    async () => {
      const series = [
        { series: 'dbtrfs_received_findings{instance="b:9100",check="age"}', values: "1x30" },
        { series: 'dbtrfs_received_findings{instance="b:9100",check="space"}', values: "0x30" },
        {
          series: 'dbtrfs_received_check_success{instance="b:9100",sender="db1",database="orders"}',
          values: "0x30",
        },
        { series: 'dbtrfs_received_verify_timestamp_seconds{instance="b:9100"}', values: "0x30" },
      ];
      const rules = etc("backupHost", "dbtrfs/backup-host-rules.yml");
      const written: readonly {
        readonly alert: string;
        readonly annotations: Readonly<Record<string, string>>;
      }[] = JSON.parse(rules).groups[0].rules;
      const filled = (text: string, labels: Readonly<Record<string, string>>): string =>
        text.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? "");
      const quiet = (alertname: string) => ({ eval_time: "20m", alertname, exp_alerts: [] });
      const firing = (alertname: string, own: Readonly<Record<string, string>>) => {
        const labels = { severity: "critical", instance: "b:9100", ...own };
        const annotations = Object.entries(
          written.find(({ alert }) => alert === alertname)?.annotations ?? {},
        );
        const exp_annotations = Object.fromEntries(
          annotations.map(([key, text]) => [key, filled(text, labels)]),
        );
        return { ...quiet(alertname), exp_alerts: [{ exp_labels: labels, exp_annotations }] };
      };
      const tests = {
        rule_files: ["rules.yml"],
        tests: [
          {
            interval: "1m",
            input_series: series,
            alert_rule_test: [
              firing("DbtrfsReceivedTooOld", { check: "age" }),
              quiet("DbtrfsReceivedFindings"),
              firing("DbtrfsReceivedCheckFailed", { sender: "db1", database: "orders" }),
              quiet("DbtrfsReceivedNotVerified"),
            ],
          },
        ],
      };
      const files = { "rules.yml": rules, "tests.yml": JSON.stringify(tests) };
      const { ok, output } = await promtool(["test", "rules", "tests.yml"], files);
      expect(ok, output).toBe(true);
    },
  );

  test("a host that sends by ssh deletes nothing there; to its own second disk it thins out itself", () => {
    expect(observed("backupsElsewhere").services.btrbk.instances["dbtrfs-shop"]).toMatchObject({
      settings: { target_preserve_min: "latest", target_preserve: "no" },
    });
    expect(unit("backupsElsewhere", "btrbk-dbtrfs-shop").serviceConfig.ExecStart).toMatch(
      /btrbk -c \/etc\/btrbk\/dbtrfs-shop\.conf --preserve-backups run$/,
    );
    expect(observed("backupsToSecondDisk").services.btrbk.instances["dbtrfs-vault"]).toMatchObject({
      settings: { target_preserve_min: "latest", target_preserve: "14d 8w 6m" },
    });
    expect(unit("backupsToSecondDisk", "btrbk-dbtrfs-vault").serviceConfig.ExecStart).toMatch(/\.conf run$/);
  });
});
