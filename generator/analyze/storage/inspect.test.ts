import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { type Storage, storageSchema } from "../capture/storage.ts";
import { inspectStorage } from "./inspect.ts";
import { openBench, realFilesystems } from "./testing/loop-devices.ts";
import {
  cleanBtrfs,
  dataAt,
  fill,
  findingsIn,
  logAt,
  makeBtrfs,
  mib,
  rows,
  writeDurably,
} from "./testing/storage.ts";

vi.setConfig({ testTimeout: 60_000 });

const run = (line: string, ...args: readonly string[]) => execa("sh", ["-euc", line, "sh", ...args]);

const nobody = 65_534;
const script = `
  const { inspectStorage } = await import(process.argv[1]);
  process.stdout.write(JSON.stringify(await inspectStorage(JSON.parse(process.argv[2]))));
`;

const asNobody = (places: readonly object[]) =>
  execa(
    "setpriv",
    [
      ...[`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups", process.execPath],
      ...[
        "--input-type=module",
        "--eval",
        script,
        join(import.meta.dirname, "inspect.ts"),
        JSON.stringify(places),
      ],
    ],
    { reject: false, env: { NODE_COMPILE_CACHE: undefined } },
  );

test("a place that is not there is unknown, and says so", async () => {
  const { components } = await inspectStorage([dataAt("/nowhere/at/all")]);
  expect(components).toMatchObject([{ realPath: null, unknown: { realPath: "it is not there" } }]);
});

test("anything that is seen here has the form of a capture", async () => {
  const storage = await inspectStorage([dataAt(import.meta.dirname), logAt("/proc"), dataAt("/dev/null")]);
  expect(storageSchema.safeParse(storage).error).toBeUndefined();
  expect(storage.components[0]?.mount).not.toBeNull();
});

describe.skipIf(!(await realFilesystems()))("on real filesystems", () => {
  test("real path, subvolume, flags, extents, compression and snapshots", async () => {
    const bench = openBench();
    const db = await cleanBtrfs(bench);
    await run(`btrfs -q subvolume create "$1"/inner; mkdir "$1"/inner/data`, db);
    const data = join(db, "inner/data");
    await run(`btrfs property set "$1" compression zstd`, data);
    fill(data);
    symlinkSync(data, join(bench.folder, "link"));
    await run(
      `btrfs -q subvolume snapshot -r "$1"/inner "$1"/one; mkdir "$1"/snaps; btrfs -q subvolume snapshot "$1"/inner "$1"/snaps/two`,
      db,
    );
    writeFileSync(join(db, "snaps/two/.dbtrfs-snapshot"), "");
    const { components, filesystems } = await inspectStorage([dataAt(join(bench.folder, "link"))]);
    const [component] = components;
    expect(component).toMatchObject({
      path: join(bench.folder, "link"),
      realPath: data,
      subvolume: "/@db/inner",
      mount: { type: "btrfs", mountPoint: db, subvolume: "/@db", configuredOptions: null },
      attributes: "c",
      compressionProperty: "zstd",
      bytes: 6 * mib,
      directories: [{ path: data, attributes: "c", compressionProperty: "zstd" }],
      nested: [],
      unknown: { deviceKind: expect.any(String) },
    });
    const [file] = component?.sampledFiles ?? [];
    expect(file).toMatchObject({
      path: join(data, "16384"),
      bytes: 2 * mib,
      attributes: "c",
      compressibility: null,
    });
    expect(file?.extents).toMatchObject({
      count: 16,
      bytes: 2 * mib,
      compressedBytes: 2 * mib,
      sharedBytes: 2 * mib,
    });
    expect(component?.compressibility?.sampledBytes).toBe(6 * mib);
    expect(filesystems).toMatchObject([
      {
        mountPoint: db,
        dataProfiles: ["single"],
        metadataProfiles: ["DUP"],
        mounts: [{ mountPoint: db, subvolume: "/@db" }],
        snapshots: [
          { path: "/@db/one", of: "/@db/inner", readOnly: true, throughEngine: false },
          { path: "/@db/snaps/two", of: "/@db/inner", readOnly: false, throughEngine: true },
        ],
        unknown: {},
      },
    ]);
  });

  test("what Btrfs stores is what the sample says that it would", async () => {
    const bench = openBench();
    const data = join(await cleanBtrfs(bench), "data");
    mkdirSync(data);
    await run(`btrfs property set "$1" compression zstd`, data);
    writeDurably(join(data, "16384"), rows(16 * mib));
    const { components, filesystems } = await inspectStorage([dataAt(data)]);
    const { sampledBytes = 0, storedBytes = 0 } = components[0]?.compressibility ?? {};
    expect(sampledBytes).toBe(16 * mib);
    expect(storedBytes / (filesystems[0]?.space?.dataUsedBytes ?? 0)).toBeCloseTo(1, 1);
  });

  test("a bind mount of a directory leads to its subvolume", async () => {
    const bench = openBench();
    const db = await cleanBtrfs(bench);
    fill(join(db, "deep/data"));
    const bound = await bench.mount(join(db, "deep"), "bound", "bind");
    const { components } = await inspectStorage([dataAt(join(bound, "data"))]);
    expect(components[0]).toMatchObject({
      subvolume: "/@db",
      mount: { mountPoint: bound, subvolume: "/@db" },
    });
  });

  test("a mirror has two devices, and both of its mounts are seen", async () => {
    const bench = openBench();
    const device = await makeBtrfs(bench, ["--data", "raid1", "--metadata", "raid1"], 2);
    const top = await bench.mount(device, "top");
    const db = await bench.mount(device, "db", "noatime,subvol=@db");
    const { filesystems } = await inspectStorage([dataAt(fill(join(db, "data")))]);
    expect(filesystems[0]?.devices).toHaveLength(2);
    expect(filesystems[0]?.mounts.map(({ mountPoint }) => mountPoint)).toEqual([top, db]);
  });

  test("a file in hundreds of pieces shows them", async () => {
    const bench = openBench();
    const data = fill(join(await cleanBtrfs(bench), "data"), ["1"]);
    await run(
      `for i in $(seq 0 2 400); do dd if=/dev/urandom of="$1"/1 bs=4096 seek=$i count=1 conv=notrunc status=none; done; sync -f "$1"`,
      data,
    );
    const { components } = await inspectStorage([dataAt(data)]);
    expect(components[0]?.sampledFiles[0]?.extents).toMatchObject({ complete: true });
    expect(components[0]?.sampledFiles[0]?.extents?.count).toBeGreaterThan(300);
  });

  test("a user who may not look is told what is not known, and why; nothing is made up", async (context) => {
    const bench = openBench();
    chmodSync(bench.folder, 0o755);
    const db = await cleanBtrfs(bench);
    const [open, closed] = [fill(join(db, "open")), fill(join(db, "closed"))];
    chmodSync(closed, 0o700);
    const { stdout, failed, stderr } = await asNobody([dataAt(open), logAt(closed)]);
    if (failed) return context.skip(`nobody cannot run Node here: ${stderr.split("\n")[0]}`);
    const storage = JSON.parse(stdout) as Storage;
    const [data, log] = storage.components;
    expect(data).toMatchObject({ attributes: "", subvolume: "/@db", bytes: 6 * mib });
    expect(data?.sampledFiles[0]?.extents).not.toBeNull();
    expect(log).toMatchObject({
      bytes: null,
      sampledFiles: [],
      unknown: { bytes: expect.stringContaining("permission denied") },
    });
    const [filesystem] = storage.filesystems;
    expect(filesystem).toMatchObject({ dataProfiles: ["single"], snapshots: null });
    expect(filesystem?.unknown.snapshots).toMatch(/not permitted.*root may/);
  });

  test("a snapshot that dbtrfs took with the log inside is no flaw; a plain one beside it is", async () => {
    const bench = openBench();
    const db = await cleanBtrfs(bench);
    await run(`btrfs -q subvolume create "$1"/wal; mkdir "$1"/snaps`, db);
    const places = [dataAt(fill(join(db, "data"))), logAt(fill(join(db, "wal/17")))];
    await run(`btrfs -q subvolume snapshot "$1" "$1"/snaps/one; touch "$1"/snaps/one/.dbtrfs-snapshot`, db);
    expect(await findingsIn({ places }, bench)).toEqual([]);
    await run(`btrfs -q subvolume snapshot -r "$1" "$1"/snaps/two`, db);
    expect((await findingsIn({ places }, bench)).map(({ id }) => id)).toEqual(["snapshot-without-log"]);
  });
});
