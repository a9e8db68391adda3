import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAttributes, parseProperty } from "./attributes.ts";
import { leavesOf, parseBlockDevices, slowest } from "./devices.ts";
import { parseExtents } from "./extents.ts";
import { mountOf, parseFstab, parseMounts, pathInFilesystem, visibleAt } from "./mounts.ts";
import { snapshotsOf } from "./subvolumes.ts";
import { parseUsage } from "./usage.ts";

/** As the programs printed it: btrfs-progs 6.2, e2fsprogs 1.47, util-linux 2.38 on Linux 6.18. */
const printed = (name: string): string =>
  readFileSync(join(import.meta.dirname, "../testing/outputs", name), "utf8");

describe("lsattr", () => {
  const paths = ["m/z", "m/nc", "m/gone", "m/nc/f", "m/n", "m/z/we ird\nname"];

  test("flags by path, whatever a path holds; what it refused is left out", () => {
    expect([...parseAttributes(printed("lsattr.txt"), paths)]).toEqual([
      ["m/z", "c"],
      ["m/nc", "C"],
      ["m/nc/f", "C"],
      ["m/n", "m"],
      ["m/z/we ird\nname", ""],
    ]);
  });

  test("what is printed of some paths is read back", () => {
    const file = fc.record({
      path: fc.string({ minLength: 1 }).map((name) => `/${name}`),
      flags: fc.subarray([..."ACScm"]).map((letters) => letters.join("")),
      refused: fc.boolean(),
    });
    const files = fc.uniqueArray(file, { selector: ({ path }) => path });
    fc.assert(
      fc.property(files, (all) => {
        const told = all.filter(({ refused }) => !refused);
        const text = told.map(({ path, flags }) => `${flags.padStart(22, "-")} ${path}\n`).join("");
        const found = parseAttributes(
          text,
          all.map(({ path }) => path),
        );
        expect(Object.fromEntries(found)).toEqual(
          Object.fromEntries(told.map(({ path, flags }) => [path, flags])),
        );
      }),
    );
  });
});

test("a property that is not set is empty", () => {
  expect([parseProperty("compression=zstd\n"), parseProperty("")]).toEqual(["zstd", ""]);
});

describe("filefrag", () => {
  const extents = (name: string) => parseExtents(printed(`filefrag-${name}.txt`), true);

  test("compressed extents, shared with a snapshot", () => {
    expect(extents("compressed")).toEqual({
      count: 23,
      bytes: 733 * 4096,
      compressedBytes: 733 * 4096,
      sharedBytes: 733 * 4096,
      preallocatedBytes: 0,
      complete: true,
    });
  });

  test("what fallocate made and nobody wrote", () => {
    expect(extents("preallocated")).toMatchObject({
      count: 2,
      bytes: 512 * 4096,
      preallocatedBytes: 256 * 4096,
    });
  });

  test("ext4 has none of these", () => {
    expect(extents("ext4")).toMatchObject({ count: 1, bytes: 74 * 4096, compressedBytes: 0, sharedBytes: 0 });
  });

  test.each(["dirty", "inline"])("%s: nothing of it is in an extent on the disk", (name) => {
    expect(extents(name)).toMatchObject({ count: 0, bytes: 0 });
  });

  test("of a list that breaks off, what is there", () => {
    const text = printed("filefrag-compressed.txt").slice(0, 800);
    const part = parseExtents(text, false);
    expect(part.complete).toBe(false);
    expect(part.count).toBeGreaterThan(5);
    expect(part.bytes).toBe(part.count * 32 * 4096);
  });
});

describe("btrfs filesystem usage", () => {
  test("profiles and space", () => {
    expect(parseUsage(printed("usage-single.txt"))).toEqual({
      dataProfiles: ["single"],
      metadataProfiles: ["DUP"],
      space: {
        bytes: 1073741824,
        unallocatedBytes: 823787520,
        dataBytes: 125829120,
        dataUsedBytes: 5193728,
        metadataBytes: 53673984,
        metadataUsedBytes: 180224,
        globalReserveBytes: 5767168,
      },
    });
  });

  test("a user who is not root is told the same", () => {
    expect(parseUsage(printed("usage-without-root.txt"))).toEqual(parseUsage(printed("usage-single.txt")));
  });

  test("a mirror over two devices", () => {
    expect(parseUsage(printed("usage-raid1.txt"))).toMatchObject({
      dataProfiles: ["RAID1"],
      metadataProfiles: ["RAID1"],
    });
  });

  test("after half a conversion there are two profiles, and small filesystems mix both kinds", () => {
    const text = printed("usage-single.txt");
    expect(parseUsage(`${text}\nData,RAID1: Size:10, Used:5 (50.00%)\n`)?.dataProfiles).toEqual([
      "single",
      "RAID1",
    ]);
    const mixed = text
      .replace(/^(Data|Metadata),.*$/gm, "")
      .concat("\nData+Metadata,single: Size:10, Used:5 (50%)\n");
    expect(parseUsage(mixed)).toMatchObject({ dataProfiles: ["single"], metadataProfiles: ["single"] });
  });

  test("anything else is no answer", () => {
    expect(parseUsage("ERROR: not a btrfs filesystem: /srv\n")).toBeNull();
  });
});

describe("btrfs subvolume list", () => {
  const lists = {
    all: printed("subvolumes-all.txt"),
    snapshots: printed("subvolumes-snapshots.txt"),
    readOnly: printed("subvolumes-read-only.txt"),
    topLevel: printed("subvolume-top-level.txt"),
  };

  test("snapshots of a subvolume, by paths within the filesystem", () => {
    expect(snapshotsOf(lists, new Set(["/@d b"]))).toEqual([
      { path: "/snaps/s 1", of: "/@d b", readOnly: true, at: "2026-11-26T18:35:22Z" },
      { path: "/snaps/s 2", of: "/@d b", readOnly: true, at: "2026-11-26T18:35:22Z" },
      { path: "/@d b/insnap", of: "/@d b", readOnly: false, at: "2026-11-26T18:35:22Z" },
    ]);
  });

  test("the top level is in no list, and has snapshots all the same", () => {
    expect(snapshotsOf(lists, new Set(["/"])).map(({ path }) => path)).toEqual(["/topsnap"]);
  });

  test("of a subvolume without any there are none", () => {
    expect(snapshotsOf(lists, new Set(["/@d b/sub"]))).toEqual([]);
  });
});

describe("findmnt", () => {
  const mounts = parseMounts(printed("findmnt.json"));

  test("a path lies on the deepest mount above it", () => {
    const at = (path: string) => mountOf(mounts, path)?.mountPoint;
    expect(at("/tmp/anst/m/data/16384")).toBe("/tmp/anst/m");
    expect(at("/tmp/anst/mx")).toBe("/");
    expect(mountOf(mounts, "/tmp/anst/m")).toMatchObject({ subvolume: "/@d b", device: "/dev/loop1" });
  });

  test("the last of two mounts on one place hides the other", () => {
    const [first] = mounts;
    if (first === undefined) throw new Error("no mount");
    const over = { ...first, mountPoint: "/tmp/anst/m", type: "tmpfs" };
    expect(mountOf([...mounts, over], "/tmp/anst/m/data")?.type).toBe("tmpfs");
  });

  test("a path of the host and its place within the filesystem lead to each other", () => {
    const bound = mounts.filter(({ type }) => type === "btrfs");
    const name = fc.constantFrom("", "/sub", "/sub/a b", "/data/base/1");
    fc.assert(
      fc.property(fc.constantFrom(...bound), name, (mount, rest) => {
        const inside = pathInFilesystem(mount, `${mount.mountPoint}${rest}`);
        expect(inside.startsWith("/")).toBe(true);
        expect(visibleAt([mount], inside)).toBe(`${mount.mountPoint}${rest}`);
      }),
    );
  });

  test("what no mount shows is not visible", () => {
    expect(
      visibleAt(
        mounts.filter(({ root }) => root === "/@d b"),
        "/snaps/s 1",
      ),
    ).toBeNull();
  });

  test("fstab, by mount point", () => {
    const options = parseFstab(printed("findmnt-fstab.json"));
    expect(options.get("/var/lib/my sql")).toEqual(["nodatacow", "subvol=@db", "noatime"]);
    expect(options.get("/srv")).toEqual(["defaults"]);
    expect(parseFstab("").size).toBe(0);
  });
});

describe("lsblk", () => {
  /** Rows as `lsblk --inverse --json` nests them: what a device lies on is inside it. */
  const device = (path: string, type: string, more: object = {}): object => ({
    path,
    type,
    size: 1,
    rota: false,
    tran: null,
    model: null,
    mountpoints: [null],
    ...more,
  });
  const disks = [
    device("/dev/sda", "disk", { rota: true, tran: "sata" }),
    device("/dev/nvme0n1", "disk", { tran: "nvme" }),
  ];
  const luksOnMirror = device("/dev/mapper/data", "crypt", {
    children: [
      device("/dev/md0", "raid1", {
        children: disks.map((disk, index) => device(`/dev/part${index}`, "part", { children: [disk] })),
      }),
    ],
  });

  test("the disks below LUKS on a mirror on partitions", () => {
    const [top] = parseBlockDevices(JSON.stringify({ blockdevices: [luksOnMirror] }));
    expect(top && leavesOf(top).map(({ path }) => path)).toEqual(["/dev/sda", "/dev/nvme0n1"]);
  });

  test("the slowest disk decides, and one that is not known leaves it open", () => {
    const kind = (value: "nvme" | "ssd" | "hdd") => ({ value });
    expect(slowest([kind("nvme"), kind("hdd"), kind("ssd")])).toEqual({ value: "hdd" });
    expect(slowest([kind("hdd"), { unknown: "virtual" }])).toEqual({ unknown: "virtual" });
    expect(slowest([])).toHaveProperty("unknown");
  });
});
