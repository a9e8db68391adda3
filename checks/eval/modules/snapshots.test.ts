import { execaSync } from "execa";
import { describe, expect, test } from "vitest";
import { inputs } from "../../offline-inputs.ts";
import { hasShellcheck, observed, unit } from "./observed.ts";

describe.skipIf(inputs === null)("snapshots, restores and drills", () => {
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
});
