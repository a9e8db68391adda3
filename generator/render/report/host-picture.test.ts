import { expect, test } from "vitest";
import { mariadb, mysql, nvme, planOf, postgresql, sqlite } from "../../decide/testing/plans.ts";
import { hostPicture } from "./host-picture.ts";
import type { DirectoryPicture } from "./mount-picture.ts";

const pictureOf = (...args: Parameters<typeof planOf>) => hostPicture(planOf(...args));

const directoriesOf = (...args: Parameters<typeof planOf>): readonly DirectoryPicture[] =>
  pictureOf(...args).filesystems.flatMap(({ mounts }) => mounts.flatMap(({ directories }) => directories));

/** The titles of what lives in each directory. */
const homesOf = (...args: Parameters<typeof planOf>) =>
  Object.fromEntries(
    directoriesOf(...args).map(({ path, residents }) => [path, residents.map(({ title }) => title)]),
  );

test("partitions fill their disk, and none is too small to see", () => {
  const { disks } = pictureOf([postgresql], { system: { swapGiB: 1 }, disks: [nvme(1, 8000)] });
  const bars = disks[0]?.partitions.map(({ bar }) => bar) ?? [];
  expect(bars.length).toBeGreaterThan(2);
  expect(Math.min(...bars.map(({ width }) => width))).toBeGreaterThan(1);
  expect(bars.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100, 0);
});

test("a disk that holds nothing says why", () => {
  const unused = { device: "/dev/disk/by-id/ata-1", kind: "hdd", sizeGiB: 4000 };
  const { disks } = pictureOf([postgresql], { redundancy: "mirror", disks: [nvme(1), nvme(2), unused] });
  expect(disks[2]?.partitions).toEqual([]);
  expect(disks[2]?.unused).toBeTruthy();
});

test("each component has one home: the directory that is prepared for it, or the data's", () => {
  const shop = { ...mysql, override: { log: "own-filesystem" } };
  expect(homesOf([shop])).toMatchObject({
    "/var/lib/mysql/log/redo": ["Redo log"],
    "/var/lib/mysql/log/binlog": ["Binary log"],
  });
  const log = { ...postgresql, override: { log: "in-place", data: "cow" } };
  expect(homesOf([log])["/var/lib/postgresql/17"]).toContain("Write-ahead log");
});

test("what a database does not have is not shown: MariaDB's binary log, SQLite's other journal", () => {
  expect(Object.values(homesOf([mariadb])).flat()).not.toContain("Binary log");
  expect(homesOf([sqlite])["/var/lib/cart"]).toEqual(["Database file", "Write-ahead log"]);
  const rollback = { ...sqlite, override: { settings: { journal_mode: "DELETE" } } };
  expect(homesOf([rollback])["/var/lib/cart"]).toEqual(["Database file", "Rollback journal"]);
});
