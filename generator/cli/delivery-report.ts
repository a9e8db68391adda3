import { join } from "node:path";
import type { Change } from "../output/changes.ts";
import type { CheckResult, Finding } from "../output/check-set.ts";
import type { Style } from "../problem.ts";
import { visible } from "../visible.ts";

type State = Change["state"];
type Interrupted = CheckResult["interrupted"];

const written: Record<State, string> = { missing: "new", changed: "changed", stale: "removed" };

/** One line a file that was written or removed, for the log. */
export function writeReport(
  directory: string,
  changes: readonly Change[],
  interrupted: Interrupted,
  style: Style,
): string {
  const recovered =
    interrupted === null ? "" : `${style("caution", "note:")} ${recoveredText[interrupted]}\n`;
  if (changes.length === 0) return `${recovered}${visible(directory)} is up to date.\n`;
  const lines = changes.map(
    ({ state, path }) => `  ${style(looks[state], written[state].padEnd(8))} ${path}\n`,
  );
  return `${recovered}Wrote to ${visible(directory)}:\n${lines.join("")}`;
}

const looks = { missing: "good", changed: "caution", stale: "alarm" } as const;

const recoveredText: Record<NonNullable<Interrupted>, string> = {
  "new set": "completed a write that had been interrupted, before this one.",
  "old set": "discarded a write that had been interrupted before it took effect.",
};

const pendingText: Record<NonNullable<Interrupted>, string> = {
  "new set": "an interrupted write is pending here; compared as the next write will complete it.",
  "old set": "the rest of an interrupted write is here; the next write removes it.",
};

/** For the log; empty where no write was interrupted. */
export const interruptedNote = (directory: string, interrupted: Interrupted, style: Style): string =>
  interrupted === null
    ? ""
    : `${style("caution", "note:")} ${visible(directory)}: ${pendingText[interrupted]}\n`;

/** What --check prints; empty where nothing differs. */
export const checkReport = (directory: string, { findings }: CheckResult, style: Style): string =>
  findings.map((finding) => findingText(directory, finding, style)).join("");

const found: Record<State, string> = {
  missing: "is missing",
  changed: "is out of date",
  stale: "is stale: generated earlier, no longer part of the plan",
};

function findingText(directory: string, { path, state, difference }: Finding, style: Style): string {
  const head = `${style("strong", visible(join(directory, path)))} ${found[state]}`;
  if (difference === undefined) return `${head}\n`;
  const { line, found: is, wanted } = difference;
  return `${head}, from line ${line} on:\n  ${style("alarm", `- ${shownLine(is)}`)}\n  ${style("good", `+ ${shownLine(wanted)}`)}\n`;
}

const shownLine = (line: string | null) => (line === null ? "(end of file)" : visible(line));
