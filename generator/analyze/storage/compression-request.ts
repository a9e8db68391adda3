import type { StorageDirectory, StorageFile, StorageMount } from "../capture/storage.ts";
import { effectOf } from "./mount-options.ts";

/**
 * What Btrfs was told of compressing a file: "asked" by its flag or by the mount; "given-up" by the kernel, which marks a
 * file whose beginning did not compress; "lost" where its directory asks and the file does not; null where nothing asks.
 */
export type CompressionRequest = "asked" | "given-up" | "lost" | null;

const never = new Set(["none", "no"]);

const asksItself = ({ attributes }: Pick<StorageDirectory, "attributes">): boolean =>
  attributes?.includes("c") ?? false;

/** @param directory that holds it; undefined where that was not looked at */
export const compressionRequest = (
  file: Pick<StorageFile, "attributes" | "compressionProperty">,
  directory: Pick<StorageDirectory, "attributes"> | undefined,
  mount: Pick<StorageMount, "options">,
): CompressionRequest => {
  const { attributes, compressionProperty } = file;
  if (attributes === null || attributes.includes("C") || never.has(compressionProperty ?? "")) return null;
  const byMount = effectOf(mount.options).compress !== null;
  const byDirectory = directory !== undefined && asksItself(directory);
  if (attributes.includes("m")) return byMount || byDirectory || compressionProperty ? "given-up" : null;
  if (asksItself(file) || byMount) return "asked";
  return byDirectory ? "lost" : null;
};
