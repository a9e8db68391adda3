import { closeSync, mkdirSync, openSync, renameSync, symlinkSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { type Bench, openBench, realFilesystems } from "./testing/loop-devices.ts";
import {
  cleanBtrfs,
  dataAt,
  fill,
  findingsIn,
  logAt,
  makeBtrfs,
  mend,
  mib,
  rows,
  type Situation,
  writeDurably,
  writeFstab,
} from "./testing/storage.ts";

vi.setConfig({ testTimeout: 60_000 });

const run = (line: string, ...args: readonly string[]) => execa("sh", ["-euc", line, "sh", ...args]);

type Plant = (bench: Bench) => Promise<Situation>;

/** A directory that is NOCOW from the start, with files in it. */
const noCowData = async (mountPoint: string): Promise<string> => {
  const directory = join(mountPoint, "data");
  mkdirSync(directory);
  await run(`chattr +C "$1"`, directory);
  return fill(directory);
};

/** The first mount of the filesystem has no options that count, the database's second one has. */
const secondMount = async (bench: Bench, options: string, first = "noatime") => {
  const device = await makeBtrfs(bench);
  const top = await bench.mount(device, "top", first);
  const db = await bench.mount(device, "db", `noatime,${options},subvol=@db`);
  return {
    top,
    db,
    fstab: writeFstab(bench, [
      [top, first],
      [db, `noatime,${options},subvol=@db`],
    ]),
  };
};

const flaws: Readonly<Record<string, Plant>> = {
  "nodatacow-ignored": async (bench) => {
    const { db, fstab } = await secondMount(bench, "nodatacow");
    return { places: [dataAt(fill(join(db, "data")))], fstab };
  },
  "compress-ignored": async (bench) => {
    const { db, fstab } = await secondMount(bench, "compress=zstd");
    return { places: [dataAt(fill(join(db, "data")))], fstab };
  },
  "mount-options-ignored": async (bench) => {
    const { db, fstab } = await secondMount(bench, "commit=120");
    return { places: [dataAt(fill(join(db, "data")))], fstab };
  },
  "compress-of-another-mount": async (bench) => {
    const { db, fstab } = await secondMount(bench, "noexec", "noatime,compress=zstd:1");
    return { places: [dataAt(fill(join(db, "data")))], fstab };
  },
  "nodatacow-for-all": async (bench) => {
    const device = await makeBtrfs(bench);
    const db = await bench.mount(device, "db", "noatime,nodatacow,subvol=@db");
    await bench.mount(device, "root", "noatime");
    return { places: [dataAt(fill(join(db, "data")))] };
  },
  autodefrag: async (bench) => ({
    places: [dataAt(fill(join(await cleanBtrfs(bench, "noatime,autodefrag"), "data")))],
  }),
  "read-times-kept": async (bench) => ({
    places: [dataAt(fill(join(await cleanBtrfs(bench, "relatime"), "data")))],
  }),
  "nocow-lost": async (bench) => {
    const db = await cleanBtrfs(bench);
    fill(join(db, "restored"));
    mkdirSync(join(db, "data"));
    await run(`chattr +C "$1"/data; mv "$1"/restored/* "$1"/data`, db);
    return { places: [dataAt(join(db, "data"))] };
  },
  "nocow-mixed": async (bench) => {
    const db = await cleanBtrfs(bench);
    const data = await noCowData(db);
    fill(join(db, "restored"), ["20000"]);
    renameSync(join(db, "restored/20000"), join(data, "20000"));
    return { places: [dataAt(data)] };
  },
  "nocow-not-inherited": async (bench) => {
    const data = await noCowData(await cleanBtrfs(bench));
    await run(`chattr -C "$1"`, data);
    return { places: [dataAt(data)] };
  },
  "nocow-on-copies": async (bench) => {
    const device = await makeBtrfs(bench, ["--data", "raid1", "--metadata", "raid1"], 2);
    return { places: [dataAt(await noCowData(await bench.mount(device, "db", "noatime,subvol=@db")))] };
  },
  "no-checksums": async (bench) => {
    const data = await noCowData(await cleanBtrfs(bench));
    const file = { role: "data", name: "16384", path: join(data, "16384") } as const;
    return { places: [file], engine: "sqlite", pageChecksums: false };
  },
  "snapshots-undo-nocow": async (bench) => {
    const db = await cleanBtrfs(bench);
    const data = await noCowData(db);
    for (const name of ["one", "two"]) await run(`btrfs -q subvolume snapshot -r "$1" "$1"/$2`, db, name);
    return { places: [dataAt(data)] };
  },
  "compression-stopped": async (bench) => {
    const data = join(await cleanBtrfs(bench), "data");
    mkdirSync(data);
    await run(`btrfs property set "$1" compression zstd; fallocate -l 2M "$1"/16384`, data);
    const file = openSync(join(data, "16384"), "r+");
    writeSync(file, rows(2 * mib));
    closeSync(file);
    await run("sync -f $1", data);
    return { places: [dataAt(data)] };
  },
  "compression-lost": async (bench) => {
    const data = fill(join(await cleanBtrfs(bench), "data"));
    await run(`btrfs property set "$1" compression zstd`, data);
    return { places: [dataAt(data)] };
  },
  "nocow-and-compression": async (bench) => ({
    places: [dataAt(await noCowData(await cleanBtrfs(bench, "noatime,compress=zstd")))],
  }),
  "compression-level-ignored": async (bench) => {
    const data = join(await cleanBtrfs(bench), "data");
    mkdirSync(data);
    await run(`btrfs property set "$1" compression zstd:9`, data);
    return { places: [dataAt(fill(data))] };
  },
  "snapshot-without-log": async (bench) => {
    const db = await cleanBtrfs(bench);
    await run(`btrfs -q subvolume create "$1"/wal`, db);
    const [data, wal] = [fill(join(db, "data")), fill(join(db, "wal/17"), ["000000010000000000000001"])];
    symlinkSync(wal, join(data, "pg_wal"));
    await run(`btrfs -q subvolume snapshot -r "$1" "$1"/one`, db);
    return { places: [dataAt(data), logAt(join(data, "pg_wal"))] };
  },
  "nested-subvolume": async (bench) => {
    const db = await cleanBtrfs(bench);
    const data = fill(join(db, "data"));
    await run(`btrfs -q subvolume create "$1"/pg_wal`, data);
    fill(join(data, "pg_wal"), ["000000010000000000000001"]);
    await run(`btrfs -q subvolume snapshot -r "$1" "$1"/one`, db);
    return { places: [dataAt(data), logAt(join(data, "pg_wal"))] };
  },
  "nearly-full": async (bench) => {
    const db = await cleanBtrfs(bench);
    await run(`fallocate -l $(($(stat -f -c '%a * %S' "$1") * 95 / 100)) "$1"/ballast`, db);
    return { places: [dataAt(fill(join(db, "data")))] };
  },
  "unallocated-exhausted": async (bench) => {
    const device = await makeBtrfs(bench, [], 1, 200);
    const db = await bench.mount(device, "db", "noatime,max_inline=4095,subvol=@db");
    const data = fill(join(db, "data"));
    // Data chunks take all of the disk, and most of what is in them goes again; then small files fill the metadata.
    await run(
      `n=0; while fallocate -l 6M "$1"/ballast$n 2>/dev/null; do n=$((n + 1)); done
       for i in $(seq 0 $n); do [ $((i % 4)) -eq 0 ] || rm -f "$1"/ballast$i; done; sync -f "$1"`,
      db,
    );
    mkdirSync(join(db, "small"));
    for (let i = 0; i < 3700; i++) writeFileSync(join(db, "small", `${i}`), Buffer.alloc(4000, "x"));
    await run("sync -f $1", db);
    return { places: [dataAt(data)] };
  },
  fragmented: async (bench) => {
    const data = fill(join(await cleanBtrfs(bench), "data"));
    const path = join(data, "20000");
    writeDurably(path, rows(16 * mib));
    const file = openSync(path, "r+");
    for (let at = 0; at < 16 * mib; at += 16384) writeSync(file, rows(8192), 0, 8192, at);
    closeSync(file);
    await run("sync -f $1", data);
    return { places: [dataAt(data)], scanShare: 0.7 };
  },
  "in-memory": async (bench) => {
    const db = await cleanBtrfs(bench);
    const wal = await bench.mount("tmpfs", "wal", "size=16m", "tmpfs");
    return { places: [dataAt(fill(join(db, "data"))), logAt(fill(wal, ["000000010000000000000001"]))] };
  },
  "on-overlay": async (bench) => {
    const [device = ""] = await bench.devices(1);
    await run(`mkfs.ext4 -q "$1"`, device);
    const disk = await bench.mount(device, "disk");
    await run(`cd "$1"; mkdir lower upper work`, disk);
    const layers = `lowerdir=${disk}/lower,upperdir=${disk}/upper,workdir=${disk}/work`;
    return {
      places: [dataAt(fill(join(await bench.mount("overlay", "merged", layers, "overlay"), "data")))],
    };
  },
  "parity-profile": async (bench) => {
    const device = await makeBtrfs(bench, ["--data", "raid5", "--metadata", "raid1"], 3);
    return { places: [dataAt(fill(join(await bench.mount(device, "db", "noatime,subvol=@db"), "data")))] };
  },
};

/** Those whose migration is commands alone, so that running them leaves nothing to find. */
const mended = [
  "autodefrag",
  "read-times-kept",
  "nocow-lost",
  "nocow-mixed",
  "nocow-not-inherited",
  "nocow-on-copies",
  "no-checksums",
  "snapshots-undo-nocow",
  "compression-stopped",
  "compression-lost",
  "compression-level-ignored",
  "snapshot-without-log",
  "nested-subvolume",
  "parity-profile",
];

/** What the last line of a migration says to do once all runs well. */
const afterwards: Readonly<Record<string, (situation: Situation) => Promise<unknown>>> = {
  "nested-subvolume": ({ places }) => run(`btrfs -q subvolume delete "$1"/pg_wal.old`, places[0]?.path ?? ""),
};

const clean: Readonly<Record<string, Plant>> = {
  "copy-on-write, with its log": async (bench) => {
    const db = await cleanBtrfs(bench);
    return { places: [dataAt(fill(join(db, "data"))), logAt(fill(join(db, "wal")))], scanShare: 1 };
  },
  "NOCOW, by the directory": async (bench) => ({
    places: [dataAt(await noCowData(await cleanBtrfs(bench)))],
  }),
  "the log alone NOCOW, with snapshots": async (bench) => {
    const db = await cleanBtrfs(bench);
    const [data, wal] = [fill(join(db, "data")), join(db, "wal")];
    mkdirSync(wal);
    await run(`chattr +C "$1"`, wal);
    fill(wal, ["000000010000000000000001"]);
    for (const name of ["one", "two"]) await run(`btrfs -q subvolume snapshot -r "$1" "$1"/$2`, db, name);
    return { places: [dataAt(data), logAt(wal)] };
  },
  "compressed, by the property": async (bench) => {
    const data = join(await cleanBtrfs(bench), "data");
    mkdirSync(data);
    await run(`btrfs property set "$1" compression zstd`, data);
    return { places: [dataAt(fill(data))] };
  },
  "a mirror, with copy-on-write": async (bench) => {
    const device = await makeBtrfs(bench, ["--data", "raid1", "--metadata", "raid1"], 2);
    return { places: [dataAt(fill(join(await bench.mount(device, "db", "noatime,subvol=@db"), "data")))] };
  },
  XFS: async (bench) => {
    const [device = ""] = await bench.devices(1);
    await run(`mkfs.xfs -q "$1"`, device);
    return {
      places: [dataAt(fill(join(await bench.mount(device, "db", "relatime"), "data")))],
      scanShare: 1,
    };
  },
  ext4: async (bench) => {
    const [device = ""] = await bench.devices(1);
    await run(`mkfs.ext4 -q "$1"`, device);
    return {
      places: [dataAt(fill(join(await bench.mount(device, "db", "relatime"), "data")))],
      scanShare: 1,
    };
  },
};

describe.skipIf(!(await realFilesystems()))("on real filesystems", () => {
  test.each(Object.entries(flaws))("%s is found, and nothing else", async (id, plant) => {
    const bench = openBench();
    const situation = await plant(bench);
    const findings = await findingsIn(situation, bench);
    expect(findings.map((finding) => finding.id)).toEqual([id]);
    expect(findings.every(({ evidence }) => evidence.length > 0)).toBe(true);
    if (!mended.includes(id)) return;
    for (const finding of findings) await mend(finding);
    await afterwards[id]?.(situation);
    expect(await findingsIn(situation, bench)).toEqual([]);
  });

  test.each(Object.entries(clean))("%s: nothing is found", async (_, plant) => {
    const bench = openBench();
    expect(await findingsIn(await plant(bench), bench)).toEqual([]);
  });
});
