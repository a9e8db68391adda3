import { execaSync } from "execa";
import { describe, expect, test } from "vitest";
import { inputs } from "../../offline-inputs.ts";
import { hasShellcheck, observed, unit } from "./observed.ts";

describe.skipIf(inputs === null)("backups", () => {
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
        walCommand: expect.stringMatching(
          /pgbackrest --stanza=default --pg1-path="\$PWD" archive-get %f "%p"$/,
        ),
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

  test("a target that no other disk is mounted for is said, because every run would fail", () => {
    expect(observed("backupToSystemDisk").warnings).toEqual([
      expect.stringContaining(
        "dbtrfs.instances.orders.backup.target: no fileSystems entry mounts another disk",
      ),
    ]);
    expect(observed("backupsToSecondDisk").warnings).toEqual([]);
    expect(observed("backupsElsewhere").warnings).toEqual([]);
  });
});
