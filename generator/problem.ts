import { exitStatus } from "./exit-status.ts";
import { visible } from "./visible.ts";

/** What is wrong, where, and what to do about it: the one form in which dbtrfs reports mistakes. */
export interface Problem {
  /** The file as the user named it, or "command line", or "standard input". */
  file: string;
  /** JSON pointer (RFC 6901) into the file; empty for the file as a whole. */
  pointer: string;
  found: string;
  allowed: string;
  fix: string;
}

/** The looks that a report needs; `cli/colour.ts` turns them into terminal colours. */
export type Look = "alarm" | "caution" | "good" | "strong" | "faint";
export type Style = (look: Look, text: string) => string;

export const plainStyle: Style = (_look, text) => text;

/** An expected failure: printed as its problems, without a stack. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];
  /** `mistake` for bad usage or a bad file, `refusal` (`Refusal`) for a request that dbtrfs refuses. */
  readonly exitCode: number;

  constructor(problems: readonly Problem[], exitCode: number = exitStatus.mistake, options?: ErrorOptions) {
    super(formatProblems(problems), options);
    this.name = new.target.name;
    this.problems = problems;
    this.exitCode = exitCode;
  }
}

/** One block a problem, blank lines between them, a newline at the end. */
export const formatProblems = (problems: readonly Problem[], style: Style = plainStyle): string =>
  problems.map((problem) => block(problem, style)).join("\n");

/** The same problems for programs: `{ "problems": [...] }`, indented, a newline at the end. */
export const problemsJson = (problems: readonly Problem[]): string =>
  `${JSON.stringify({ problems }, null, 2)}\n`;

const detailWidth = "allowed: ".length;

function block(problem: Problem, style: Style): string {
  const place = visible(problem.file) + (problem.pointer && visible(`#${problem.pointer}`));
  const details = (["found", "allowed", "fix"] as const)
    .filter((name) => problem[name] !== "")
    .map((name) => `  ${style("faint", `${name}:`.padEnd(detailWidth))}${indented(problem[name])}\n`);
  return `${style("alarm", "error:")} ${style("strong", place)}\n${details.join("")}`;
}

const indented = (text: string): string => visible(text).replaceAll("\n", `\n  ${" ".repeat(detailWidth)}`);
