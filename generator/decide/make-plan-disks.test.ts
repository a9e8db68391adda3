import { describe, expect, test } from "vitest";
import type { Plan } from "../plan/types.ts";
import { hdd, mariadb, nvme, planOf, postgresql, sqlite } from "./testing/plans.ts";

describe("disks and filesystems", () => {
  test("databases that share a filesystem agree on a node size, and the reason says who asked for what", () => {
    const plan = planOf([postgresql, { ...sqlite, workload: "read-mostly" }]);
    const nodesizes = new Set(plan.databases.map((d) => d.layout.nodesize));
    expect(nodesizes.size).toBe(1);
    const decision = plan.decisions.find((d) => d.id === "filesystem.0.nodesize");
    expect(decision?.reason).toMatch(/orders alone would take .*cart alone would take/);
  });

  test("what does not fit on the fast disks goes to the slow ones, in a filesystem of its own", () => {
    const plan = planOf([postgresql, { ...mariadb, sizeGiB: 2000 }], { disks: [nvme(1), hdd(2)] });
    expect(plan.filesystems.map((f) => f.id)).toEqual(["main", "hdd"]);
    expect(plan.databases.map((d) => d.filesystem)).toEqual(["main", "hdd"]);
    expect(plan.scrub.mountPoints).toHaveLength(2);
  });

  test.each(["root", "nix", "home", "log", "snapshots"])(
    "a database may be named %s: no subvolume of the system is lost",
    (name) => {
      const { filesystems } = planOf([{ ...postgresql, name }]);
      const names = filesystems.flatMap((f) => f.subvolumes.map((s) => s.name));
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual(expect.arrayContaining(["@root", "@nix", "@home", "@log", "@snapshots"]));
    },
  );

  test("disks that a mirror cannot use are named as unused", () => {
    const plan = planOf([postgresql], { redundancy: "mirror", disks: [nvme(1), nvme(2), hdd(3)] });
    expect(plan.warnings.join()).toContain("/dev/disk/by-id/ata-3 is not used");
  });

  test("a mirrored host boots from either disk", () => {
    const plan = planOf([postgresql], { redundancy: "mirror", disks: [nvme(1), nvme(2)] });
    expect(plan.system).toMatchObject({ bootloader: "grub-efi", bootMountPoints: ["/boot", "/boot2"] });
  });

  test("data disks only: no boot partition, no system subvolumes", () => {
    const plan = planOf([postgresql], { system: { root: "elsewhere" } });
    expect(plan.system.bootloader).toBeNull();
    expect(plan.filesystems[0]?.subvolumes.map((s) => s.mountPoint)).not.toContain("/");
  });

  test("ten disks and more are numbered so that alphabetical order is theirs", () => {
    const disks = Array.from({ length: 12 }, (_, n) => hdd(n));
    const ids = planOf([postgresql], { disks }).disks.map((d) => d.id);
    expect([...ids].sort()).toEqual(ids);
  });

  test("growth beyond the disks within a year is said", () => {
    const plan = planOf([{ ...postgresql, growthGiBPerMonth: 100 }]);
    expect(plan.warnings.join()).toContain(
      "In a year the databases on the nvme disks need about 1220 GiB; there is room for 860 GiB",
    );
  });

  test("log filesystems of one host have labels of their own, short enough for XFS", () => {
    const plan = planOf([postgresql, mariadb], { host: "a-host-with-a-long-name" });
    const labels = plan.logFilesystems.map(({ label }) => label);
    expect(labels).toEqual(["a-host-w-log", "a-host--log2"]);
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(12);
  });

  test("several disks without redundancy: that one lost disk loses everything is said", () => {
    expect(planOf([postgresql], { disks: [nvme(1), nvme(2)] }).warnings.join()).toContain(
      "the loss of one of them loses every database there",
    );
    const mirrored = planOf([postgresql], { disks: [nvme(1), nvme(2)], redundancy: "mirror" });
    expect(mirrored.warnings.join()).not.toContain("Redundancy is");
  });

  test("partitions carry the host's name: a disk of another host cannot answer for them", () => {
    const labels = (host: string) =>
      planOf([{ ...postgresql, prefer: "latency" }], { host }).disks.flatMap((disk) =>
        disk.partitions.map(({ label }) => label),
      );
    expect(labels("db1")).toContain("db1-disk1-main");
    const long = "database-production-frankfurt-";
    const all = [...labels(`${long}1`), ...labels(`${long}2`)];
    expect(new Set(all).size).toBe(all.length);
    for (const label of all) expect(label.length).toBeLessThanOrEqual(36);
  });
});

describe("a mount that fails", () => {
  const failsAlone = (plan: Plan, mountPoint: string) =>
    [...plan.filesystems.flatMap((f) => f.subvolumes), ...plan.logFilesystems]
      .find((mount) => mount.mountPoint === mountPoint)
      ?.mountOptions.includes("nofail");

  test("stops what needs it, not the boot of the host: databases, snapshots and logs", () => {
    const plan = planOf([postgresql, { ...mariadb, prefer: "latency" }]);
    const ours = [
      ...plan.databases.map((d) => d.mountPoint),
      ...plan.filesystems.flatMap((f) => f.snapshotDirectory ?? []),
      ...plan.logFilesystems.map((l) => l.mountPoint),
    ];
    expect(ours).toHaveLength(5);
    for (const mountPoint of ours) expect(failsAlone(plan, mountPoint)).toBe(true);
    expect(failsAlone(plan, "/")).toBe(false);
  });

  test("stops the boot where nothing else would keep the application waiting, and the plan says so", () => {
    const unnamed = planOf([sqlite]);
    expect(failsAlone(unnamed, "/var/lib/cart")).toBe(false);
    expect(unnamed.warnings.join()).toContain("Name the application's services in units");
    const named = planOf([{ ...sqlite, units: ["cart"] }]);
    expect(failsAlone(named, "/var/lib/cart")).toBe(true);
    expect(named.warnings.join()).not.toContain("in units");
  });
});
