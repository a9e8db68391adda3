import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { ifThere } from "./if-there.ts";

/** Through symbolic links, so that a link stays one; a file that is not there yet is its own. */
const targetOf = (file: string): string => ifThere(() => realpathSync(file)) ?? file;

/**
 * Writes one file whole or not at all: a full disk or a crash leaves the old text. What is no regular file, such as
 * /dev/stdout, is written as it is. Throws the file system's errors.
 */
export const writeWhole = (file: string, text: string): void => {
  const target = targetOf(file);
  const old = ifThere(() => statSync(target));
  if (old === undefined || old.isFile()) replace(target, text, old?.mode);
  else writeFileSync(target, text);
};

const replace = (target: string, text: string, mode: number | undefined): void => {
  const draft = `${target}.dbtrfs-${process.pid}`;
  try {
    writeFileSync(draft, text, { flag: "wx", flush: true });
    if (mode !== undefined) chmodSync(draft, mode & 0o7777);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};
