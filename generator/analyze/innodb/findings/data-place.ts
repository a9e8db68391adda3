import type { Capture } from "../../capture/schema.ts";
import type { StorageComponent } from "../../capture/storage.ts";

export const componentsOf = (
  { storage }: Pick<Capture, "storage">,
  role: StorageComponent["role"],
): readonly StorageComponent[] => (storage?.components ?? []).filter((each) => each.role === role);

export const dataOf = (capture: Pick<Capture, "storage">): StorageComponent | null =>
  componentsOf(capture, "data")[0] ?? null;

export const isOnBtrfs = (component: StorageComponent | null): boolean => component?.mount?.type === "btrfs";

/** Where files tell, they decide: a directory's flag only holds for what is made in it from then on. */
const attributesOf = ({ attributes, sampledFiles }: StorageComponent): readonly string[] => {
  const files = sampledFiles.flatMap((file) => file.attributes ?? []);
  if (files.length > 0) return files;
  return attributes === null ? [] : [attributes];
};

/** Null where no attribute could be read. */
export const isNoCow = (component: StorageComponent): boolean | null => {
  const seen = attributesOf(component);
  return seen.length === 0 ? null : seen.some((letters) => letters.includes("C"));
};
