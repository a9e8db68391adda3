import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { execa } from "execa";
import { Refusal } from "../refusal.ts";
import type { DiskKind } from "../spec/schema.ts";
import { takesPartitions } from "./partition.ts";

/** What is measured on, for the record. */
export interface Medium {
  readonly about: string;
  /** "loop" for a file, whatever lies below it. */
  readonly kind: DiskKind | "loop";
}

const onFile = (where: string): Medium => ({
  about: `loop devices with direct I/O on ${where}, written over beforehand`,
  kind: "loop",
});

const onDevice = async (target: string): Promise<Medium> => {
  const columns = ["--nodeps", "--noheadings", "--output", "ROTA,TRAN,MODEL"];
  const [rotates, transport = "", ...model] = (await execa("lsblk", [...columns, target])).stdout
    .trim()
    .split(/\s+/);
  const kind = rotates === "1" ? "hdd" : transport === "nvme" ? "nvme" : "ssd";
  const by = takesPartitions(target) ? "partitions of" : "loop devices with direct I/O on";
  return { about: `${by} ${[transport, ...model].join(" ").trim() || target}`, kind };
};

/** What a target lies on. Throws a Refusal where there is none. */
export const mediumOf = async (target: string): Promise<Medium> => {
  if (!existsSync(target))
    throw new Refusal([
      {
        file: target,
        pointer: "",
        found: "nothing there",
        allowed: "a block device, a file or a directory",
        fix: "name one that exists",
      },
    ]);
  const stats = statSync(target);
  if (stats.isBlockDevice()) return onDevice(target);
  const directory = stats.isDirectory() ? target : dirname(target);
  const { stdout } = await execa("findmnt", ["--noheadings", "--output=FSTYPE", "--target", directory]);
  return onFile(`a file of ${stdout.trim()}`);
};
