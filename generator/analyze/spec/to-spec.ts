import { Refusal } from "../../refusal.ts";
import { parseSpec } from "../../spec/parse.ts";
import type { SpecInput } from "../../spec/schema.ts";
import type { Analysis } from "../analysis.ts";
import { databasePart, ownName } from "./database-part.ts";
import { hostPart } from "./host-part.ts";
import type { Assumption } from "./part.ts";

/** A spec, and what of it nobody measured. */
export interface WrittenSpec {
  /** JSON as it is written to a file; parseSpec takes it. */
  readonly text: string;
  readonly assumed: readonly Assumption[];
}

export const specText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

const hostless = ({ missing }: Analysis, file: string): Refusal =>
  new Refusal([
    {
      file,
      pointer: "",
      found: `nothing of the host: ${missing.host ?? "the capture has none"}`,
      allowed: "a capture that was made on the server's own host, or a spec of that host to add to",
      fix: "Run dbtrfs analyze there, or capture there with the script of --capture-script and use --from.",
    },
  ]);

/**
 * A complete spec around one database: its host as it was seen, the measured workload, and what is the owner's to
 * wish for left to the planner. `file` is the spec's name in problems. Throws a Refusal where the capture has no host or
 * no size, or where the host is none that can be planned for.
 */
export const toSpec = (analysis: Analysis, file: string): WrittenSpec => {
  if (analysis.host === null) throw hostless(analysis, file);
  if (analysis.host.disks.length === 0) throw diskless(file);
  const host = hostPart(analysis.host, analysis.storage);
  const nixos = host.value.system?.nixos ?? "";
  const database = databasePart(analysis, ownName(analysis), nixos, ["databases", 0]);
  const document: SpecInput = { ...host.value, databases: [database.value] };
  const text = specText(document);
  const parsed = parseSpec(text, file);
  if (!parsed.ok) throw new Refusal(parsed.problems);
  return { text, assumed: [...host.assumed, ...database.assumed] };
};

const diskless = (file: string): Refusal =>
  new Refusal([
    {
      file,
      pointer: "/disks",
      found: "no disk: lsblk shows none",
      allowed: "a host with disks of its own, and no container",
      fix: "Run this on the host itself, or write the spec by hand.",
    },
  ]);
