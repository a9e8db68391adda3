import process from "node:process";
import { execaSync } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { inputs, nixEval } from "../offline-inputs.ts";

const hasShellcheck = execaSync("shellcheck", ["--version"], { reject: false }).failed === false;
if (!hasShellcheck)
  process.stderr.write(
    "\nshellcheck is not on the PATH: the snapshot scripts are NOT CHECKED; install shellcheck.\n",
  );

interface Unit {
  readonly script: string;
  readonly path: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly requires: readonly string[];
  readonly wants: readonly string[];
  readonly requiredBy: readonly string[];
  readonly unitConfig: Readonly<Record<string, readonly string[] | string>>;
  readonly serviceConfig: Readonly<Record<string, unknown>>;
}

interface Observation {
  readonly failedAssertions: readonly string[];
  readonly warnings: readonly string[];
  readonly services: {
    readonly btrbk: { readonly instances: Readonly<Record<string, unknown>> };
    readonly prometheus: { readonly ruleFiles: readonly string[]; readonly nodeFlags: readonly string[] };
    readonly grafana: {
      readonly enable: boolean;
      readonly dashboards: { readonly settings: { readonly providers: readonly unknown[] } | null };
    };
    readonly litestream: unknown;
    readonly pgbackrest: unknown;
    readonly postgresql: {
      readonly authentication: string;
      readonly settings: Readonly<Record<string, unknown>>;
    };
    readonly postgresqlBackup: unknown;
  };
  readonly environment: {
    readonly etc: Readonly<Record<string, { readonly text: string | null; readonly source: string | null }>>;
  };
  readonly systemd: {
    readonly services: Readonly<Record<string, Unit>>;
    readonly timers: Readonly<Record<string, { readonly timerConfig: unknown }>>;
    readonly tmpfiles: { readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  };
}

interface Cases {
  readonly documented: number;
  readonly undocumented: readonly string[];
  readonly sound: Readonly<Record<string, Observation>>;
  readonly broken: Readonly<Record<string, readonly string[]>>;
}

const sound = [
  "acceptedNoChecksums",
  "backupToSystemDisk",
  "backupsAsDumps",
  "backupsElsewhere",
  "backupsToSecondDisk",
  "baseBackups",
  "checksumsOfEighteen",
  "compressedAndNoCow",
  "customDataDir",
  "defaults",
  "drills",
  "empty",
  "example",
  "exporterAlone",
  "logOnXfs",
  "monitored",
  "monitoredElsewhere",
  "snapshotEveryInstance",
  "snapshotsOfSplitLogs",
  "unknownNames",
  "vfsOptionsDiffer",
  "withPlan",
  "withoutGuard",
];

/** Case, the option that the message must name, and the way out that it must offer. */
const broken: readonly (readonly [string, string, string])[] = [
  [
    "noCowAndCompression",
    'dbtrfs.instances.orders.directories."/var/lib/postgresql/17"',
    "compression = null",
  ],
  ["noCowOnMirror", "dbtrfs.instances.orders.directories.", "Set `noCow = false`"],
  ["btrfsAttributeOnXfs", "dbtrfs.instances.orders.directories.", "Leave them out"],
  ["oddName", 'dbtrfs.instances."my vault"', "Choose another"],
  ["oddPath", 'directories."/var/lib/postgresql/my wal"', "Choose another directory"],
  ["mountPointIsNoMount", "dbtrfs.instances.vault.mountPoint", "Mount the instance's subvolume there"],
  ["filesystemIsAnother", ".filesystem is xfs", "Mount a xfs filesystem there"],
  ["mountOptionsDiffer", 'fileSystems."/srv/app" has compress=zstd', "Give all of them the same"],
  ["nodatacow", 'fileSystems."/" has nodatacow', "directories.<path>.noCow"],
  ["twoServers", "dbtrfs.instances: ledger, orders", "Keep one instance"],
  ["dataDirIsMountPoint", "services.postgresql.dataDir", "/var/lib/postgresql/17"],
  ["dataDirElsewhere", "services.postgresql.dataDir", "/var/lib/postgresql/17"],
  ["fullPageWritesOff", "services.postgresql.settings.full_page_writes", "remove the setting"],
  ["fsyncOff", "services.postgresql.settings.fsync", "remove the setting"],
  ["noCowWithoutChecksums", "services.postgresql.initdbArgs", "--data-checksums"],
  ["checksumsRefused", "services.postgresql.initdbArgs", "--data-checksums"],
  ["mysqlDataDirIsMountPoint", "services.mysql.dataDir", "/var/lib/mysql/data"],
  ["doublewriteOff", "services.mysql.settings", "remove the setting"],
  ["doublewriteSkipped", "services.mysql.settings", "remove the setting"],
  ["doublewriteDetectOnly", "services.mysql.settings", "remove the setting"],
  ["innodbChecksumsOff", "innodb_checksum_algorithm", "Remove the setting"],
  ["sqliteNoCow", 'dbtrfs.instances.vault.directories."/srv/app".noCow', "acceptNoChecksums = true"],
  ["snapshotMissesDirectory", "dbtrfs.instances.orders.directories.", "snapshots = null"],
  ["snapshotsElsewhere", "dbtrfs.instances.orders.snapshotDirectory", "/dev/disk/by-label/db"],
  ["verifyWithoutPlan", "dbtrfs.verify.enable", "Set `dbtrfs.plan`"],
  ["snapshotsAmongData", "dbtrfs.instances.orders.snapshotDirectory", "outside of it"],
  ["backupOfAnotherEngine", "dbtrfs.instances.orders.backup.method", "Choose pgbackrest"],
  ["backupTargetOfAnotherKind", "dbtrfs.instances.orders.backup.target", "choose btrbk-send or pgbackrest"],
  ["backupAmongData", "dbtrfs.instances.orders.backup.target", "Name a directory on another disk"],
  ["sendWithoutSnapshots", "dbtrfs.instances.orders.backup.method", "choose another method"],
  ["incrementalBeforeSeventeen", "dbtrfs.instances.orders.backup.incremental", "Set `incremental = null`"],
  ["pointInTimeOfDumps", "dbtrfs.instances.orders.backup.pointInTime", "Set `pointInTime = false`"],
  ["pointInTimeWithoutBinlog", "dbtrfs.instances.shop.backup.pointInTime", "Set services.mysql.settings"],
  ["secretInStore", "dbtrfs.instances.orders.backup.sshKeyFile", "Name a path on the host"],
  ["environmentInStore", "dbtrfs.instances.orders.backup.environmentFile", "Name a path on the host"],
  ["litestreamOfTwoOwners", "dbtrfs.instances.<name>.backup.method", "set btrbk-send for the others"],
];

const expression =
  "{ lib, disko, repository, ... }: import (repository + /checks/eval/cases.nix) { inherit lib disko; }";

describe.skipIf(inputs === null)("NixOS modules", () => {
  let cases: Cases;

  beforeAll(async () => {
    cases = (await nixEval(expression)) as Cases;
  });

  const observed = (name: string): Observation => {
    const found = cases.sound[name];
    if (found === undefined) throw new Error(`cases.nix has no sound case ${name}`);
    return found;
  };

  const unit = (name: string, service: string): Unit => {
    const found = observed(name).systemd.services[service];
    if (found === undefined) throw new Error(`${name} has no service ${service}`);
    return found;
  };

  test("every case of cases.nix is looked at here", () => {
    expect(Object.keys(cases.sound)).toEqual(sound);
    expect(Object.keys(cases.broken).sort()).toEqual(broken.map(([name]) => name).sort());
  });

  test.each(sound)("%s: no assertion stops it", (name) => {
    expect(observed(name).failedAssertions).toEqual([]);
  });

  test.each(broken)("%s: one message names the option and the way out", (name, option, fix) => {
    const messages = cases.broken[name];
    expect(messages).toHaveLength(1);
    expect(messages?.[0]).toContain(option);
    expect(messages?.[0]).toContain(fix);
  });

  test("every option has a description and an example", () => {
    expect(cases.documented).toBeGreaterThan(20);
    expect(cases.undocumented).toEqual([]);
  });

  test("nothing is configured without an instance", () => {
    const { services, systemd, warnings } = observed("empty");
    expect(services.btrbk.instances).toEqual({});
    expect(systemd.services).toEqual({});
    expect(systemd.timers).toEqual({});
    expect(systemd.tmpfiles.settings).toEqual({ "00-dbtrfs": {} });
    expect(warnings).toEqual([]);
  });

  test("a directory gets its owner, its mode and +C while it is still empty", () => {
    const rules = observed("example").systemd.tmpfiles.settings["00-dbtrfs"];
    expect(rules?.["/var/lib/postgresql/wal"]).toMatchObject({
      d: { user: "postgres", group: "postgres", mode: "0750" },
      h: { argument: "+C" },
    });
    expect(rules?.["/var/lib/postgresql"]).not.toHaveProperty("h");
  });

  test("the database waits for the check of its storage", () => {
    const { before, requiredBy, script } = unit("example", "dbtrfs-attributes-orders");
    expect(before).toEqual(["postgresql.service"]);
    expect(requiredBy).toEqual(["postgresql.service"]);
    expect(script.split("\n")[0]).toBe(
      "set -- /var/lib/postgresql postgresql /var/lib/postgresql btrfs cow none /var/lib/postgresql/wal btrfs nocow none",
    );
  });

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

  test("the sandbox lets the database write where the plan puts it, and waits for the mounts", () => {
    const paths = ["/var/lib/postgresql", "/var/lib/postgresql/wal"];
    const { unitConfig, serviceConfig } = unit("example", "postgresql");
    expect(unitConfig.RequiresMountsFor).toEqual(["/var/lib/postgresql/17", ...paths]);
    expect(serviceConfig.ReadWritePaths).toEqual(paths);
  });

  test("NixOS's own paths stay: a data directory of one's own, and MySQL's", () => {
    expect(unit("customDataDir", "postgresql").serviceConfig.ReadWritePaths).toEqual([
      "/var/lib/postgresql/orders",
      "/var/lib/postgresql",
    ]);
    expect(unit("defaults", "mysql").serviceConfig.ReadWritePaths).toEqual([
      "/var/lib/mysql/data",
      "/var/lib/mysql",
    ]);
  });

  test("an application that keeps SQLite databases is let in like a server", () => {
    expect(unit("defaults", "vault").serviceConfig.ReadWritePaths).toEqual(["/srv/app"]);
    expect(unit("defaults", "vault").unitConfig.RequiresMountsFor).toEqual(["/srv/app"]);
  });

  test("a timer takes snapshots; after each, btrbk thins out and keeps all of the finest window", () => {
    const { services, systemd } = observed("snapshotEveryInstance");
    expect(services.btrbk.instances["dbtrfs-shop"]).toEqual({
      onCalendar: null,
      snapshotOnly: false,
      settings: {
        snapshot_dir: "/var/lib/dbtrfs/snapshots",
        snapshot_preserve: "4w 12h",
        snapshot_preserve_min: "12h",
        stream_compress: "no",
        subvolume: { "/var/lib/mysql": { snapshot_create: "no", snapshot_name: "shop" } },
        timestamp_format: "long",
      },
    });
    const timer = systemd.timers["dbtrfs-snapshot-shop"]?.timerConfig;
    expect(timer).toMatchObject({ AccuracySec: "10s", OnCalendar: "*:0/5", Persistent: true });
    expect(unit("snapshotEveryInstance", "dbtrfs-snapshot-shop").unitConfig).toEqual({
      OnSuccess: "btrbk-dbtrfs-shop.service",
      RequiresMountsFor: ["/var/lib/mysql", "/var/lib/dbtrfs/snapshots"],
    });
  });

  test("a log that is frozen for a snapshot has somebody to thaw it, whatever becomes of the snapshot's unit", () => {
    const { unitConfig, script } = unit("snapshotsOfSplitLogs", "dbtrfs-snapshot-shop");
    expect(unitConfig.OnFailure).toBe("dbtrfs-thaw-shop.service");
    expect(script).toContain("max_pause=3");
    const thaw = unit("snapshotsOfSplitLogs", "dbtrfs-thaw-shop").serviceConfig.ExecStart;
    expect(thaw).toMatch(/fsfreeze --unfreeze \/var\/lib\/mysql\/log$/);
  });

  test("a restore that was interrupted is finished before the check of the storage and the database", () => {
    const { before, requiredBy, unitConfig, serviceConfig } = unit("defaults", "dbtrfs-restore-orders");
    expect(before).toEqual(["dbtrfs-attributes-orders.service", "postgresql.service"]);
    expect(requiredBy).toEqual(["postgresql.service"]);
    expect(unitConfig).toEqual({
      ConditionPathExists: "/var/lib/postgresql/.dbtrfs/restore.json",
      RequiresMountsFor: ["/var/lib/postgresql"],
      StartLimitIntervalSec: 0,
    });
    expect(serviceConfig.ExecStart).toMatch(/\/bin\/dbtrfs-restore orders --resume$/);
  });

  test("a drill by timer where there are snapshots, unless it is off", () => {
    const { services, timers } = observed("drills").systemd;
    const names = (units: object): string[] => Object.keys(units).filter((name) => name.includes("drill"));
    expect(names(services)).toEqual(["dbtrfs-drill-orders"]);
    expect(names(timers)).toEqual(["dbtrfs-drill-orders"]);
    expect(timers["dbtrfs-drill-orders"]?.timerConfig).toMatchObject({ OnCalendar: "Sun 03:00" });
    const { ExecStart, ReadWritePaths, PrivateNetwork } = unit("drills", "dbtrfs-drill-orders").serviceConfig;
    expect(ExecStart).toMatch(/\/bin\/dbtrfs-drill orders --check quick$/);
    expect(ReadWritePaths).toEqual(["/var/lib/postgresql", "/var/lib/dbtrfs/metrics"]);
    expect(PrivateNetwork).toBe(true);
  });

  test("PostgreSQL's snapshots freeze nothing: it has a backup API for a log elsewhere", () => {
    const { unitConfig, script } = unit("snapshotsOfSplitLogs", "dbtrfs-snapshot-orders");
    expect(unitConfig.OnFailure).toBeUndefined();
    expect(script).toContain("pg_backup_start");
    expect(script).not.toContain("fsfreeze --freeze");
  });

  test.skipIf(!hasShellcheck).each([
    ["snapshotEveryInstance", "orders"],
    ["snapshotEveryInstance", "shop"],
    ["snapshotEveryInstance", "vault"],
    ["snapshotsOfSplitLogs", "orders"],
    ["snapshotsOfSplitLogs", "shop"],
  ])("%s, %s: the snapshot's script as a whole passes shellcheck", (name, instance) => {
    const input = unit(name, `dbtrfs-snapshot-${instance}`).script;
    const { stdout } = execaSync("shellcheck", ["--shell=bash", "-"], { input, reject: false });
    expect(stdout).toBe("");
  });

  test.skipIf(!hasShellcheck)("the check of the storage as a whole passes shellcheck", () => {
    const input = unit("example", "dbtrfs-attributes-orders").script;
    const { stdout } = execaSync("shellcheck", ["--shell=bash", "-"], { input, reject: false });
    expect(stdout).toBe("");
  });

  test("pgBackRest writes to another host by SFTP, as the server's own account, and bounds how old the log is", () => {
    const { services } = observed("backupsElsewhere");
    expect(services.pgbackrest).toMatchObject({
      repos: {
        "backup.example.org": {
          type: "sftp",
          path: "/srv/orders",
          "sftp-host-user": "store",
          "sftp-private-key-file": "/var/lib/dbtrfs/secrets/orders.key",
          "retention-full": 2,
        },
      },
      settings: { "compress-type": "zst" },
      stanzas: { default: { jobs: { full: { type: "full" }, incremental: { type: "incr" } } } },
    });
    expect(services.postgresql.settings.archive_timeout).toBe(120);
    expect(unit("backupsElsewhere", "pgbackrest-default-full").serviceConfig).toMatchObject({
      User: "postgres",
      Group: "postgres",
    });
    // Nothing of the target is on this host, so nothing waits for a disk.
    expect(observed("backupsElsewhere").systemd.services).not.toHaveProperty("dbtrfs-backup-target-orders");
  });

  test("on a Btrfs that compresses, no tool compresses; elsewhere each does", () => {
    expect(observed("backupsToSecondDisk").services.pgbackrest).toMatchObject({
      settings: { "compress-type": "none" },
    });
    expect(observed("backupsAsDumps").services.postgresqlBackup).toMatchObject({ compression: "zstd" });
    expect(unit("backupsAsDumps", "dbtrfs-backup-shop-full").script).toContain("compress=true");
  });

  test.each([
    ["backupsToSecondDisk", "pgbackrest-default-full", "orders"],
    ["backupsToSecondDisk", "pgbackrest-default-incremental", "orders"],
    ["backupsToSecondDisk", "dbtrfs-backup-shop-full", "shop"],
    ["backupsToSecondDisk", "dbtrfs-backup-shop-incremental", "shop"],
    ["backupsToSecondDisk", "btrbk-dbtrfs-vault", "vault"],
    ["backupsAsDumps", "postgresqlBackup", "orders"],
    ["backupsAsDumps", "dbtrfs-backup-shop-full", "shop"],
    ["baseBackups", "dbtrfs-backup-orders-full", "orders"],
    ["baseBackups", "dbtrfs-backup-orders-incremental", "orders"],
  ])("%s: %s looks for the target's disk first, and writes down its success", (name, service, instance) => {
    const { requires, after, serviceConfig } = unit(name, service);
    const target = `dbtrfs-backup-target-${instance}.service`;
    expect(requires).toContain(target);
    expect(after).toContain(target);
    expect(serviceConfig.ExecStartPost).toEqual([
      expect.stringMatching(
        new RegExp(`^\\+.*/bin/dbtrfs-succeeded backup ${instance} ${service}\\.service$`),
      ),
    ]);
    expect(unit(name, target.replace(".service", "")).unitConfig.RequiresMountsFor).toContain(
      `/mnt/backup/${instance}`,
    );
  });

  test("keys have a directory of their own where something is sent away", () => {
    const rulesOf = (name: string) => observed(name).systemd.tmpfiles.settings["00-dbtrfs"];
    expect(rulesOf("backupsElsewhere")?.["/var/lib/dbtrfs/secrets"]).toMatchObject({ d: { mode: "0711" } });
    expect(rulesOf("backupsToSecondDisk")).not.toHaveProperty(["/var/lib/dbtrfs/secrets"]);
  });

  test("PostgreSQL starts without the disk that it archives to, and may write there once it is mounted", () => {
    const { requires, wants, serviceConfig, unitConfig } = unit("backupsToSecondDisk", "postgresql");
    expect(wants).toContain("dbtrfs-backup-target-orders.service");
    expect(requires).not.toContain("dbtrfs-backup-target-orders.service");
    expect(serviceConfig.ReadWritePaths).toContain("-/mnt/backup/orders");
    expect(unitConfig.RequiresMountsFor).not.toContain("/mnt/backup/orders");
  });

  test("the binary log is copied twice in a recovery point, whatever became of the last copy", () => {
    const timer = observed("backupsToSecondDisk").systemd.timers["dbtrfs-binlog-shop"]?.timerConfig;
    expect(timer).toEqual({ OnCalendar: "*:*:0/30", AccuracySec: "1s" });
    const { script } = unit("backupsToSecondDisk", "dbtrfs-binlog-shop");
    expect(script).toContain("binlog=/var/lib/mysql/data/binlog");
    expect(script).toContain("archive=/mnt/backup/shop/binlog");
  });

  test("base backups have a replication connection, and summaries for incremental ones", () => {
    const { postgresql } = observed("baseBackups").services;
    expect(postgresql.authentication).toContain("local replication postgres peer");
    expect(postgresql.settings.summarize_wal).toBe(true);
  });

  test("btrbk sends by ssh with the instance's key, and always the newest", () => {
    expect(observed("backupsElsewhere").services.btrbk.instances["dbtrfs-shop"]).toMatchObject({
      settings: {
        ssh_identity: "/run/secrets/shop",
        ssh_user: "btrbk",
        target_preserve_min: "latest",
        subvolume: { "/var/lib/mysql": { target: "ssh://backup.example.org/srv/shop" } },
      },
    });
  });

  test("Litestream opens the databases as their owner", () => {
    expect(unit("backupsElsewhere", "litestream").serviceConfig).toMatchObject({
      User: "vault",
      EnvironmentFile: "/var/lib/dbtrfs/secrets/vault.env",
    });
    expect(observed("backupsElsewhere").services.litestream).toMatchObject({
      settings: {
        dbs: [{ dir: "/srv/app", pattern: "*.sqlite3", replica: { type: "s3", bucket: "bucket" } }],
      },
    });
  });

  test("a restore is told where the log between backups is, and no secret", () => {
    const backupsOf = (name: string) => {
      const { text } = observed(name).environment.etc["dbtrfs/instances.json"] ?? { text: null };
      const { instances } = JSON.parse(text ?? "null");
      return Object.fromEntries(
        Object.entries<{ backup: object | null }>(instances).map(([instance, { backup }]) => [
          instance,
          backup,
        ]),
      );
    };
    expect(backupsOf("backupsToSecondDisk")).toMatchObject({
      orders: {
        method: "pgbackrest",
        walCommand: expect.stringMatching(/pgbackrest --stanza=default archive-get %f "%p"$/),
        binlogDirectory: null,
      },
      shop: { method: "mariadb-backup", walCommand: null, binlogDirectory: "/mnt/backup/shop/binlog" },
      vault: { method: "btrbk-send", target: "/mnt/backup/vault", walCommand: null, binlogDirectory: null },
    });
    expect(JSON.stringify(backupsOf("backupsElsewhere"))).not.toContain("secrets");
    expect(backupsOf("defaults")).toEqual({ orders: null, shop: null, vault: null });
  });

  test.skipIf(!hasShellcheck).each([
    ["backupsAsDumps", "dbtrfs-backup-shop-full"],
    ["backupsToSecondDisk", "dbtrfs-backup-shop-incremental"],
    ["backupsToSecondDisk", "dbtrfs-backup-target-vault"],
    ["backupsToSecondDisk", "dbtrfs-binlog-shop"],
    ["baseBackups", "dbtrfs-backup-orders-incremental"],
  ])("%s, %s: the backup's script as a whole passes shellcheck", (name, service) => {
    const input = unit(name, service).script;
    const { stdout } = execaSync("shellcheck", ["--shell=bash", "-"], { input, reject: false });
    expect(stdout).toBe("");
  });

  test("warnings of the plan are said with the instance's name", () => {
    expect(observed("snapshotEveryInstance").warnings).toEqual([
      "dbtrfs.instances.vault: The backup lies on the same disk.",
    ]);
  });

  test("an account or a unit that nothing declares is said, for a typing error would go unnoticed", () => {
    const [user, group, unit] = observed("unknownNames").warnings;
    expect(user).toContain("dbtrfs.instances.vault.user: no users.users.vualt is declared here");
    expect(group).toContain("dbtrfs.instances.vault.group: no users.groups.vualt is declared here");
    expect(unit).toContain("dbtrfs.instances.vault.units: systemd.services.vualt starts nothing");
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

  test("a target that no other disk is mounted for is said, because every run would fail", () => {
    expect(observed("backupToSystemDisk").warnings).toEqual([
      expect.stringContaining(
        "dbtrfs.instances.orders.backup.target: no fileSystems entry mounts another disk",
      ),
    ]);
    expect(observed("backupsToSecondDisk").warnings).toEqual([]);
    expect(observed("backupsElsewhere").warnings).toEqual([]);
  });

  test("the example of the documentation is in the module", () => {
    expect(Object.keys(observed("example").services.btrbk.instances)).toEqual(["dbtrfs-orders"]);
  });
});
