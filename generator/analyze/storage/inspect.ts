import { realpathSync } from "node:fs";
import { execa } from "execa";
import * as z from "zod";
import type { Storage, StorageComponent, StorageMount, StoragePlace } from "../capture/storage.ts";

const columns = "FSTYPE,SOURCE,TARGET,OPTIONS,UUID,FSROOT";

const findmntOutput = z.object({
  filesystems: z
    .array(
      z.object({
        fstype: z.string(),
        source: z.string(),
        target: z.string(),
        options: z.string(),
        uuid: z.string().nullable(),
        fsroot: z.string(),
      }),
    )
    .min(1),
});

const mountOf = async (path: string): Promise<StorageMount | null> => {
  const found = await execa("findmnt", ["--json", "--target", path, "--output", columns], { reject: false });
  if (found.failed) return null;
  const row = findmntOutput.parse(JSON.parse(found.stdout)).filesystems.at(-1);
  if (row === undefined) return null;
  return {
    type: row.fstype,
    device: row.source,
    mountPoint: row.target,
    options: row.options.split(","),
    configuredOptions: null,
    uuid: row.uuid,
    subvolume: row.fstype === "btrfs" ? row.fsroot : null,
  };
};

const realPathOf = (path: string): string | null => {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
};

const notRead = (): Omit<StorageComponent, keyof StoragePlace | "realPath" | "mount" | "unknown"> => ({
  deviceKind: null,
  attributes: null,
  compressionProperty: null,
  bytes: null,
  largestFiles: [],
  compressibility: null,
});

const inspectPlace = async (place: StoragePlace): Promise<StorageComponent> => {
  const realPath = realPathOf(place.path);
  if (realPath === null)
    return {
      ...place,
      ...notRead(),
      realPath,
      mount: null,
      unknown: { realPath: "it cannot be reached from here" },
    };
  const mount = await mountOf(realPath);
  return {
    ...place,
    ...notRead(),
    realPath,
    mount,
    unknown: mount === null ? { mount: "findmnt did not tell" } : {},
  };
};

/** Looks at where a server's files are. Reads only; what may not be read is unknown, with the reason. */
export const inspectStorage = async (places: readonly StoragePlace[]): Promise<Storage> => ({
  components: await Promise.all(places.map(inspectPlace)),
  filesystems: [],
});
