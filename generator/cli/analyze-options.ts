import type { CaptureWindow } from "../analyze/live/window.ts";
import { type Problem, ProblemsError } from "../problem.ts";
import type { Engine } from "../spec/schema.ts";
import type { Arguments, Options } from "./args.ts";
import { commonOptions } from "./command.ts";
import { usageProblem } from "./usage.ts";

export const analyzeOptions = {
  for: { type: "string", value: "TIME", summary: "how long to measure: 90s, 10m, 1h (10m)" },
  interval: { type: "string", value: "TIME", summary: "time between two samples (10s)" },
  out: { type: "string", short: "o", value: "FILE", summary: "write the analysis, which a spec may name" },
  spec: { type: "string", value: "FILE", summary: "write a spec for this host, ready for plan" },
  capture: { type: "string", value: "FILE", summary: "keep what was read, for --from" },
  from: { type: "string", value: "FILE", summary: "measure nothing; analyze this capture" },
  "capture-script": { type: "string", value: "ENGINE", summary: "print a script that captures elsewhere" },
  json: { type: "boolean", summary: "print the whole analysis, and problems, as JSON" },
  ...commonOptions,
} as const satisfies Options;

type Values = Arguments<typeof analyzeOptions>["values"];

export const engineNames = ["postgresql", "mysql", "mariadb", "sqlite"] as const satisfies readonly Engine[];

/** What a valid command line asks for. */
export interface AnalyzeRequest {
  readonly source:
    | {
        readonly kind: "live";
        readonly engine: Engine;
        readonly target: string;
        readonly window: CaptureWindow;
        /** Where the capture is kept, if anywhere. */
        readonly keep: string | undefined;
      }
    | { readonly kind: "capture"; readonly file: string };
  /** Files, or "-" for standard output. */
  readonly out: string | undefined;
  readonly spec: string | undefined;
  readonly json: boolean;
}

const factors: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600 };
const longest = 7 * 24 * 3600;

/** Seconds, or undefined for what is no length of time. */
const secondsOf = (text: string): number | undefined => {
  const [, count, unit = ""] = /^([1-9]\d{0,5})(s|m|min|h)$/.exec(text) ?? [];
  const seconds = Number(count) * (factors[unit] ?? 0);
  return count === undefined || seconds > longest ? undefined : seconds;
};

const timeProblem = (name: "for" | "interval", text: string, example: string): Problem =>
  usageProblem(
    `--${name} ${text}`,
    "a number and a unit, s, m or h, of at most a week",
    `write --${name} ${example}`,
  );

const windowOf = (values: Values): CaptureWindow | Problem => {
  const { for: length = "10m", interval = "10s" } = values;
  const [seconds, intervalSeconds] = [secondsOf(length), secondsOf(interval)];
  if (seconds === undefined) return timeProblem("for", length, "10m");
  if (intervalSeconds === undefined) return timeProblem("interval", interval, "10s");
  if (intervalSeconds <= seconds) return { seconds, intervalSeconds };
  return usageProblem(
    `--interval ${interval} with --for ${length}`,
    "an interval that is not longer than the whole",
    `write --interval ${length}, or measure for longer`,
  );
};

const liveForm = "ENGINE and TARGET: postgresql, mysql, mariadb or sqlite, and what to connect to or open";
const liveExample = "write dbtrfs analyze postgresql service=orders";

const engineOf = (text: string | undefined): Engine | undefined => engineNames.find((name) => name === text);

const liveSource = (operands: readonly string[], values: Values): AnalyzeRequest["source"] | Problem => {
  const [name, target, ...more] = operands;
  const engine = engineOf(name);
  if (name === undefined) return usageProblem("no ENGINE and no TARGET", liveForm, liveExample);
  if (engine === undefined) return usageProblem(`engine ${name}`, engineNames.join(", "), liveExample);
  if (target === undefined || target === "") return usageProblem("no TARGET", liveForm, liveExample);
  if (more.length > 0)
    return usageProblem(`${operands.length} operands`, liveForm, "analyze one database at a time");
  const window = windowOf(values);
  return "found" in window ? window : { kind: "live", engine, target, window, keep: values.capture };
};

const sourceOf = (operands: readonly string[], values: Values): AnalyzeRequest["source"] | Problem => {
  const { from, for: length, interval, capture } = values;
  if (from === undefined) return liveSource(operands, values);
  if (operands.length > 0 || length || interval || capture)
    return usageProblem(
      "--from with what says how to measure",
      "--from FILE alone, or ENGINE and TARGET, --for, --interval, --capture",
      "leave out either",
    );
  return { kind: "capture", file: from };
};

/** Standard output carries one thing. */
const outputProblems = ({ out, spec, json }: Values): Problem[] => {
  const asked = [out === "-" ? "--out -" : "", spec === "-" ? "--spec -" : "", json ? "--json" : ""].filter(
    Boolean,
  );
  return asked.length < 2
    ? []
    : [usageProblem(asked.join(" and "), "one of them on standard output", "write the other to a file")];
};

/** The engine whose script is asked for; null where none is. Throws a ProblemsError that names the mistakes. */
export const scriptRequest = ({ values, operands }: Arguments<typeof analyzeOptions>): Engine | null => {
  const { "capture-script": name, help: _help, color: _color, quiet: _quiet, ...rest } = values;
  if (name === undefined) return null;
  const engine = engineOf(name);
  if (engine === undefined)
    throw new ProblemsError([
      usageProblem(
        `--capture-script ${name}`,
        engineNames.join(", "),
        "write --capture-script postgresql >capture.sh",
      ),
    ]);
  if (operands.length === 0 && Object.values(rest).every((value) => !value)) return engine;
  throw new ProblemsError([
    usageProblem(
      "--capture-script with other arguments",
      "--capture-script ENGINE alone",
      "give TARGET and how long to measure to the script, where it runs",
    ),
  ]);
};

/** Throws a ProblemsError that names the mistakes. */
export const analyzeRequest = ({ values, operands }: Arguments<typeof analyzeOptions>): AnalyzeRequest => {
  const source = sourceOf(operands, values);
  const problems = [...("found" in source ? [source] : []), ...outputProblems(values)];
  if ("found" in source || problems.length > 0) throw new ProblemsError(problems);
  const { out, spec, json } = values;
  return { source, out, spec, json };
};
