import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { parseJson } from "../../json-text.ts";
import { writeWhole } from "../../output/write-file.ts";
import { headerOf } from "../../render/header.ts";
import { refusingToWrite } from "../write-output.ts";
import type { HostRecord } from "./host-task.ts";

/** Beside hosts/: what each host was made from. Worth keeping in Git: with it a fresh copy need not be planned to be checked. */
export const stateFile = ".dbtrfs-fleet.json";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const stateSchema = z.strictObject({
  description: z.string(),
  stateVersion: z.literal(1),
  hosts: z.record(z.string(), z.tuple([hash, hash])),
});

export type FleetState = ReadonlyMap<string, HostRecord>;

/**
 * What is known of the hosts in DIR. Nothing is trusted that the folders do not bear out, so a file that is missing, old or damaged
 * costs time alone.
 */
export const readState = (out: string): FleetState => {
  const path = join(out, stateFile);
  const json = existsSync(path) ? parseJson(readFileSync(path, "utf8")) : undefined;
  const parsed = stateSchema.safeParse(json && "document" in json ? json.document : undefined);
  const hosts = parsed.success ? Object.entries(parsed.data.hosts) : [];
  return new Map(hosts.map(([name, [input, output]]) => [name, { input, output }]));
};

const stateText = (state: FleetState, specName: string): string => {
  const hosts = [...state].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = hosts.map(
    ([name, { input, output }]) => `    ${JSON.stringify(name)}: ["${input}", "${output}"]`,
  );
  const description = JSON.stringify(headerOf(stateFile, specName));
  return `{\n  "description": ${description},\n  "stateVersion": 1,\n  "hosts": {\n${lines.join(",\n")}\n  }\n}\n`;
};

/** Throws a Refusal where it cannot be written. */
export const writeState = (out: string, state: FleetState, specName: string): void => {
  const path = join(out, stateFile);
  const text = stateText(state, specName);
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  refusingToWrite(path, "a file that can be written", () => writeWhole(path, text));
};
