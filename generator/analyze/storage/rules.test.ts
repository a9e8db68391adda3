import { execaSync } from "execa";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Storage, StorageComponent, StorageFile, StorageFilesystem } from "../capture/storage.ts";
import { findAll } from "../findings/finding.ts";
import { storageRules } from "./rules.ts";
import type { Around } from "./testing/observed.ts";
import { componentWith, filesystemWith, fileWith, mountWith, observedWith } from "./testing/observed.ts";

const found = (storage: Partial<Storage>, around: Around = {}) =>
  findAll(
    storageRules,
    observedWith({ components: [componentWith()], filesystems: [filesystemWith()], ...storage }, around),
  );

const ids = (storage: Partial<Storage>, around: Around = {}) => found(storage, around).map(({ id }) => id);

const noCow = { attributes: "C", compressionProperty: "" };
const noCowComponent = (changes: Partial<StorageComponent> = {}) =>
  componentWith({
    attributes: "C",
    directories: [{ path: "/db/data", ...noCow }],
    sampledFiles: [fileWith(noCow)],
    ...changes,
  });

const snapshot = (at: string) => ({ path: `/s/${at}`, of: "/@db", readOnly: true, at, throughEngine: false });

const extents = (changes: object) => ({ ...fileWith().extents, ...changes }) as StorageFile["extents"];

test("of a storage without a flaw nothing is said", () => {
  expect(found({})).toEqual([]);
  expect(findAll(storageRules, observedWith({ components: [], filesystems: [] }))).toEqual([]);
});

describe("options", () => {
  const withMount = (options: string, configured: string) => ({
    components: [
      componentWith({
        mount: mountWith({ options: options.split(","), configuredOptions: configured.split(",") }),
      }),
    ],
  });

  test("nodatacow that a later option of its own line takes back", () => {
    const [finding] = found(withMount("noatime,compress=zstd:3", "noatime,nodatacow,compress=zstd"));
    expect(finding?.id).toBe("nodatacow-ignored");
    expect(finding?.explanation).toMatch(/^A later option of the same line takes it back/);
  });

  test("nodatacow that is in force on a filesystem of its own is the owner's decision", () => {
    const components = [
      noCowComponent({
        mount: mountWith({ options: ["noatime", "nodatacow"], configuredOptions: ["nodatacow", "noatime"] }),
      }),
    ];
    expect(ids({ components })).toEqual([]);
  });

  test("where +C makes up for it, the option that does nothing is but a note", () => {
    const mount = mountWith({ configuredOptions: ["noatime", "nodatacow"] });
    expect(ids({ components: [noCowComponent({ mount })] })).toEqual(["mount-options-ignored"]);
  });

  test("another level than was asked for", () => {
    expect(ids(withMount("noatime,compress=zstd:3", "noatime,compress=zstd:9"))).toEqual([
      "mount-options-ignored",
    ]);
  });
});

describe("NOCOW", () => {
  test("on RAID5 blocks of neighbours are at risk as well", () => {
    const filesystems = [filesystemWith({ dataProfiles: ["RAID5"] })];
    expect(ids({ components: [noCowComponent()], filesystems })).toEqual([
      "nocow-on-copies",
      "parity-profile",
    ]);
  });

  test("on stripes without copies nothing diverges", () => {
    expect(
      ids({ components: [noCowComponent()], filesystems: [filesystemWith({ dataProfiles: ["RAID0"] })] }),
    ).toEqual([]);
  });

  test("whether pages have checksums is not always known, and then nothing is said", () => {
    expect(ids({ components: [noCowComponent()] }, { pageChecksums: false })).toEqual(["no-checksums"]);
    expect(
      findAll(storageRules, {
        ...observedWith({ components: [noCowComponent()], filesystems: [] }),
        pageChecksums: null,
      }),
    ).toEqual([]);
  });

  test("nodatasum takes the checksums of files that no flag shows", () => {
    const components = [componentWith({ mount: mountWith({ options: ["noatime", "nodatasum"] }) })];
    expect(ids({ components }, { pageChecksums: false })).toEqual(["no-checksums"]);
  });

  test.each([
    ["a day apart", ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"], 1, "note"],
    ["an hour apart", ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"], 1, "caution"],
    [
      "a day apart, and the file scattered",
      ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"],
      4000,
      "caution",
    ],
  ])("snapshots %s", (_, times, count, severity) => {
    const files = [fileWith({ ...noCow, extents: extents({ sharedBytes: 2 ** 26, count }) })];
    const filesystems = [filesystemWith({ snapshots: times.map(snapshot) })];
    expect(found({ components: [noCowComponent({ sampledFiles: files })], filesystems })).toMatchObject([
      { id: "snapshots-undo-nocow", severity },
    ]);
  });

  test("a log that is shared with a snapshot costs one copy of it, which the planner accepts", () => {
    const files = [fileWith({ ...noCow, extents: extents({ sharedBytes: 2 ** 26 }) })];
    expect(ids({ components: [noCowComponent({ role: "log", sampledFiles: files })] })).toEqual([]);
  });

  test("files of several components in one directory are told of once", () => {
    const inside = (name: string, role: StorageComponent["role"]) =>
      componentWith({
        role,
        name,
        path: `/db/data/${name}`,
        realPath: `/db/data/${name}`,
        sampledFiles: [fileWith({ path: `/db/data/${name}` })],
        directories: [{ path: "/db/data", ...noCow }],
      });
    const components = [
      componentWith({ attributes: "C", directories: [{ path: "/db/data", ...noCow }] }),
      inside("ib_logfile0", "log"),
      inside("undo001", "undo"),
    ];
    expect(found({ components })).toMatchObject([
      {
        id: "nocow-lost",
        title:
          "the directory of the data and the log ib_logfile0 and the undo undo001 is NOCOW, its files are not",
      },
    ]);
  });
});

describe("compression", () => {
  const compressible = { sampledBytes: 2 ** 20, storedBytes: 2 ** 18, files: 1 };
  const plain = fileWith({ attributes: "c", compressionProperty: "zstd", compressibility: compressible });
  const asked = componentWith({
    attributes: "c",
    directories: [{ path: "/db/data", attributes: "c", compressionProperty: "zstd" }],
    sampledFiles: [plain],
  });
  const mendOf = (around: Around) => found({ components: [asked] }, around)[0]?.migration.join("\n") ?? "";

  test("that fallocate ended: PostgreSQL has a setting against it, InnoDB has none", () => {
    expect(mendOf({ version: "17.8" })).toMatch(
      /^# Set file_extend_method = 'write_zeros'.*\n[\s\S]*compression zstd/,
    );
    expect(mendOf({ version: "17.8", settings: { file_extend_method: "write_zeros" } })).not.toMatch(
      "file_extend_method",
    );
    expect(mendOf({ version: "15.18" })).not.toMatch("file_extend_method");
    expect(mendOf({ engine: "mariadb", version: "11.8.3" })).toMatch(/^# No setting keeps MariaDB from it/);
  });

  test("data that zstd makes no smaller lies there plain with good reason", () => {
    const noise = fileWith({ ...plain, compressibility: { ...compressible, storedBytes: 2 ** 20 } });
    expect(ids({ components: [{ ...asked, sampledFiles: [noise] }] })).toEqual([]);
  });

  test("a file that Btrfs has given up (m) shows its mark; one that its owner excepted is left alone", () => {
    const givenUp = fileWith({ ...plain, attributes: "m" });
    expect(ids({ components: [{ ...asked, sampledFiles: [givenUp] }] })).toEqual(["compression-stopped"]);
    const excepted = fileWith({ ...plain, attributes: "m", compressionProperty: "none" });
    expect(ids({ components: [{ ...asked, sampledFiles: [excepted] }] })).toEqual([]);
  });
});

describe("fragmentation", () => {
  const pieces = [fileWith({ extents: extents({ count: 8192 }) })];
  const on = (deviceKind: StorageComponent["deviceKind"]) => ({
    components: [componentWith({ deviceKind, sampledFiles: pieces })],
  });

  test("costs seeks on a spinning disk, scans elsewhere, and nothing where nobody scans", () => {
    expect(found(on("hdd"), { scanShare: 0 })).toMatchObject([{ id: "fragmented", severity: "caution" }]);
    expect(found(on("nvme"), { scanShare: 0.5 })).toMatchObject([{ id: "fragmented", severity: "note" }]);
    expect(ids(on("nvme"), { scanShare: 0.1 })).toEqual([]);
  });

  test("compressed extents are small by nature", () => {
    const compressed = [fileWith({ extents: extents({ count: 512, compressedBytes: 2 ** 26 }) })];
    expect(ids({ components: [componentWith({ deviceKind: "hdd", sampledFiles: compressed })] })).toEqual([]);
  });
});

describe("any storage whatever", () => {
  const letters = fc.constantFrom(null, "", "C", "c", "m", "Cm");
  const path = fc
    .string({ unit: fc.constantFrom(..."ab/ '\"$`\\;\n#*"), minLength: 1, maxLength: 12 })
    .map((text) => `/db/${text}`);
  const options = fc.subarray([
    "noatime",
    "nodatacow",
    "compress=zstd",
    "autodefrag",
    "nodatasum",
    "commit=9",
  ]);
  const file = fc
    .record({ path, attributes: letters, count: fc.integer({ min: 1, max: 2 ** 14 }), shared: fc.boolean() })
    .map(({ path, attributes, count, shared }) =>
      fileWith({
        path,
        attributes,
        extents: extents({ count, sharedBytes: shared ? 2 ** 26 : 0 }),
        compressibility: { sampledBytes: 2, storedBytes: 1, files: 1 },
      }),
    );
  const component: fc.Arbitrary<StorageComponent> = fc
    .record({
      role: fc.constantFrom("data" as const, "log" as const, "undo" as const, "temp" as const),
      path,
      type: fc.constantFrom("btrfs", "btrfs", "xfs", "tmpfs", "overlay"),
      options,
      configured: fc.option(options),
      attributes: letters,
      subvolume: fc.constantFrom("/", "/@db", "/@log"),
      files: fc.array(file, { maxLength: 4 }),
    })
    .map(({ role, path, type, options: inForce, configured, attributes, subvolume, files }) =>
      componentWith({
        role,
        path,
        realPath: path,
        subvolume: type === "btrfs" ? subvolume : null,
        attributes,
        mount: mountWith({
          type,
          options: inForce,
          configuredOptions: configured,
          subvolume: type === "btrfs" ? subvolume : null,
        }),
        directories: [{ path, attributes, compressionProperty: attributes === "c" ? "zstd:5" : "" }],
        sampledFiles: files,
        nested: [{ path: `${path}/x`, kind: "subvolume", attributes }],
      }),
    );
  const filesystem: fc.Arbitrary<StorageFilesystem> = fc
    .record({
      profile: fc.constantFrom("single", "RAID1", "RAID6"),
      snapshots: fc.array(fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"), { maxLength: 3 }),
    })
    .map(({ profile, snapshots }) =>
      filesystemWith({ dataProfiles: [profile], snapshots: snapshots.map(snapshot) }),
    );

  test("every finding has evidence, and every step is a comment or a command that a shell can read", () => {
    const scripts: string[] = [];
    fc.assert(
      fc.property(fc.array(component, { maxLength: 3 }), filesystem, (components, one) => {
        for (const finding of found({ components, filesystems: [one] }, { pageChecksums: false })) {
          expect(finding.evidence.length).toBeGreaterThan(0);
          expect(finding.title).not.toMatch(/\.$/);
          expect(finding.explanation).toMatch(/\.$/);
          scripts.push(finding.migration.join("\n"));
        }
      }),
    );
    const subshells = scripts.map((script) => `(\n${script}\n:\n)\n`).join("");
    expect(execaSync("sh", ["-n"], { input: subshells, reject: false }).stderr).toBe("");
  });
});
