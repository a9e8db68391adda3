import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeSet } from "../../output/write-set.ts";
import { newDirectoryMark } from "../../output/write-sets.ts";
import { headerOf } from "../../render/header.ts";

const foldersIn = (hosts: string): string[] =>
  existsSync(hosts)
    ? readdirSync(hosts, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : [];

/** Whether this fleet made the folder: its default.nix says from what. */
const isOfFleet = (directory: string, specName: string): boolean => {
  const file = join(directory, "default.nix");
  return (
    existsSync(file) && readFileSync(file, "utf8").startsWith(`# ${headerOf("default.nix", specName)}\n`)
  );
};

/** Hosts that this fleet had and has no more. Folders that somebody else made are not among them. */
export const leftoverHosts = (out: string, names: ReadonlySet<string>, specName: string): string[] => {
  const hosts = join(out, "hosts");
  return foldersIn(hosts)
    .filter((name) => !names.has(name) && isOfFleet(join(hosts, name), specName))
    .sort();
};

/** Removes what dbtrfs wrote, and the folder if nothing else is in it. False where something is. */
export const removeHost = (out: string, name: string): boolean => {
  const directory = join(out, "hosts", name);
  writeSet(directory, []);
  if (readdirSync(directory).length > 0) return false;
  rmdirSync(directory);
  return true;
};

/** Drafts of new hosts that a killed run left. Only while nobody else writes to the fleet's directory. */
export const removeDrafts = (out: string): void => {
  const hosts = join(out, "hosts");
  for (const name of foldersIn(hosts))
    if (name.startsWith(newDirectoryMark)) rmSync(join(hosts, name), { recursive: true });
};
