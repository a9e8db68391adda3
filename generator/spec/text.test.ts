import { describe, expect, test } from "vitest";
import { pointersOf, postgresql, problemsOf, sqlite } from "./testing/specs.ts";
import { devicePath, directoryPath, profilePath, retention, unitName } from "./text.ts";

const accepts = (schema: { safeParse: (text: string) => { success: boolean } }, text: string) =>
  schema.safeParse(text).success;

describe("a device is a whole disk, in its one spelling", () => {
  test.each([
    "/dev/disk/by-id/nvme-Samsung_SSD_990",
    "/dev/disk/by-path/pci-0000:00:1f.2-ata-1",
    "/dev/nvme0n1",
    "/dev/mmcblk0",
    "/dev/sda",
    "/dev/xvda1",
    "/dev/md127",
    "/dev/disk/by-id/ata-spare-part",
  ])("%s", (device) => expect(accepts(devicePath, device)).toBe(true));

  test.each([
    "/dev//sda",
    "/dev/sda/",
    "/dev/./sda",
    "/dev/disk/../sda",
    "/dev/disk/by-id/nvme-A-part1",
    "/dev/disk/by-path/pci-0000:00:1f.2-ata-1-part12",
    "/dev/disk/by-partlabel/data",
    "/dev/nvme0n1p2",
    "/dev/mmcblk0p1",
    "/dev/sda1",
    "/dev/vdb3",
  ])("not %s", (device) => expect(accepts(devicePath, device)).toBe(false));

  test("and says so", () => {
    const [problem] = problemsOf({ disks: [{ device: "/dev/sda1", kind: "ssd", sizeGiB: 1000 }] });
    expect(problem?.allowed).toBe("a whole disk, not a partition");
  });
});

describe("a unit is named without its suffix", () => {
  test.each(["cart", "cart@1", "cart.web", "my-service"])("%s", (unit) =>
    expect(accepts(unitName, unit)).toBe(true),
  );
  test.each(["cart.service", "cart.target", "cart.socket", "cart.timer"])("not %s", (unit) =>
    expect(accepts(unitName, unit)).toBe(false),
  );
});

test("retention names each unit once", () => {
  expect(accepts(retention, "24h 7d 4w 6m 1y")).toBe(true);
  expect(accepts(retention, "24h 7d 12h")).toBe(false);
});

test("a part of a path has 255 characters at most, as in the kernel", () => {
  expect(accepts(directoryPath, `/srv/${"a".repeat(255)}`)).toBe(true);
  expect(accepts(directoryPath, `/srv/${"a".repeat(256)}`)).toBe(false);
});

test("a profile's path has no control characters", () => {
  expect(accepts(profilePath, "profiles/orders.json")).toBe(true);
  expect(accepts(profilePath, "orders\0.json")).toBe(false);
});

test.each(["/boot2", "/boot/data", "/boot12/x", "/var/lib/nixos", "/var/lib/systemd/cart"])(
  "SQLite does not lie in %s, which is the system's",
  (directory) => {
    expect(pointersOf({ databases: [{ ...sqlite, directory }] })).toEqual(["/databases/0/directory"]);
  },
);

test("growth has a limit like every size", () => {
  expect(pointersOf({ databases: [{ ...postgresql, growthGiBPerMonth: 100_001 }] })).toEqual([
    "/databases/0/growthGiBPerMonth",
  ]);
});
