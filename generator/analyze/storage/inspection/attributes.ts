import type { StorageDirectory } from "../../capture/storage.ts";
import { ask } from "./programs.ts";

/**
 * Letters by path of what `lsattr -d PATH…` prints, in the order of its arguments: flags, a space, the path. What it refused
 * is not in it.
 */
export const parseAttributes = (text: string, paths: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  let at = 0;
  for (const path of paths) {
    const flags = /^[-A-Za-z]+(?= )/.exec(text.slice(at, at + 64))?.[0];
    if (flags === undefined || !text.startsWith(` ${path}\n`, at + flags.length)) continue;
    found.set(path, flags.replaceAll("-", ""));
    at += flags.length + path.length + 2;
  }
  return found;
};

/** What `btrfs property get PATH compression` prints: nothing, or compression=VALUE. */
export const parseProperty = (text: string): string => /^compression=(.*)$/m.exec(text)?.[1] ?? "";

export type Attributes = Pick<StorageDirectory, "attributes" | "compressionProperty">;

/** Setting the property sets one of these flags (fs/btrfs/props.c, prop_compression_apply): without them there is none. */
const hasProperty = (attributes: string): boolean => /[cm]/.test(attributes);

const propertyOf = async (path: string, attributes: string | null): Promise<string | null> => {
  if (attributes === null) return null;
  if (!hasProperty(attributes)) return "";
  const { stdout, failure } = await ask("btrfs", ["property", "get", path, "compression"]);
  return failure === null ? parseProperty(stdout) : null;
};

export interface ReadAttributes {
  readonly byPath: ReadonlyMap<string, Attributes>;
  /** Why some are not known; null where all are. */
  readonly failure: string | null;
}

/** Reads flags and, on Btrfs, compression properties. */
export const readAttributes = async (paths: readonly string[], onBtrfs: boolean): Promise<ReadAttributes> => {
  const { stdout, failure } = await ask("lsattr", ["-d", "--", ...paths]);
  const flags = parseAttributes(stdout, paths);
  const rows = paths.map(async (path) => {
    const attributes = flags.get(path) ?? null;
    const compressionProperty = onBtrfs ? await propertyOf(path, attributes) : null;
    return [path, { attributes, compressionProperty }] as const;
  });
  return { byPath: new Map(await Promise.all(rows)), failure };
};
