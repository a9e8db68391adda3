import { batches, quick } from "../bench/matrix.ts";
import type { BenchRequest } from "../bench/run-bench.ts";
import { fullSize, quickSize } from "../bench/run-size.ts";
import { type Problem, ProblemsError } from "../problem.ts";
import type { Arguments, Options } from "./args.ts";
import { usageError, usageProblem } from "./usage.ts";

export const benchOptions = {
  batch: { type: "string", value: "NAME,…", summary: "measure these alone; --list names them" },
  quick: { type: "boolean", summary: "a short matrix: minutes instead of a night" },
  rounds: {
    type: "string",
    value: "N",
    summary: `how often each candidate is measured (${fullSize.rounds}; quick: ${quickSize.rounds})`,
  },
  seconds: {
    type: "string",
    value: "N",
    summary: `length of each window (${fullSize.windowSeconds}; quick: ${quickSize.windowSeconds})`,
  },
  trials: {
    type: "string",
    value: "FILE",
    summary: "keep trials here, and go on (dbtrfs-bench.jsonl)",
  },
  out: { type: "string", short: "o", value: "FILE", summary: "write the evidence here, for plan --evidence" },
  destroy: {
    type: "string",
    value: "DEVICE",
    summary: "the target once more, where what it holds may be lost",
  },
  targets: { type: "boolean", summary: "measure nothing; say which targets the shipped evidence meets" },
  evidence: { type: "string", value: "FILE", summary: "with --targets: this evidence instead" },
  signs: {
    type: "string",
    value: "FILE",
    summary: "measure nothing; say where it contradicts ours",
  },
  list: { type: "boolean", summary: "print the batches and their candidates" },
  json: { type: "boolean", summary: "print the list, the targets or the signs, and problems, as JSON" },
} as const satisfies Options;

type Values = Arguments<typeof benchOptions>["values"];

const number = (name: "rounds" | "seconds", text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw usageError(`--${name} ${text}`, "a whole number from 1", `write --${name} ${otherwise}`);
};

const chosen = ({ batch, quick: isQuick }: Values): BenchRequest["batches"] => {
  const all = isQuick ? quick : batches;
  if (batch === undefined) return all;
  const names = batch.split(",");
  const unknown = names.filter((name) => !all.some(({ id }) => id === name));
  if (unknown.length === 0) return all.filter(({ id }) => names.includes(id));
  const known = all.map(({ id }) => id).join(", ");
  throw new ProblemsError(unknown.map((name) => usageProblem(`--batch ${name}`, known, "name one of these")));
};

/** Measuring, and what measures nothing: one at a time. Throws a ProblemsError. */
export const refuseMixedModes = ({ values, operands }: Arguments<typeof benchOptions>): void => {
  const { list, targets, signs, evidence } = values;
  const asked = [
    ...(list ? ["--list"] : []),
    ...(targets ? ["--targets"] : []),
    ...(signs === undefined ? [] : ["--signs"]),
    ...(operands.length === 0 ? [] : [`TARGET ${operands.join(" ")}`]),
  ];
  if (asked.length > 1)
    throw usageError(
      asked.join(" and "),
      "one of TARGET, --list, --targets and --signs",
      "leave out the others",
    );
  if (evidence !== undefined && !targets)
    throw usageError(
      "--evidence without --targets",
      "--targets --evidence FILE",
      "add --targets, or name the file after --signs or to dbtrfs plan",
    );
};

/** What `--destroy` says must be the target itself. */
const otherDestroyed = (target: string, { destroy }: Values): Problem[] =>
  destroy === undefined || destroy === target
    ? []
    : [
        usageProblem(
          `--destroy ${destroy} with the target ${target}`,
          `--destroy ${target}`,
          "name the target once more, or leave it out",
        ),
      ];

/** Throws a ProblemsError that names the mistake. */
export const benchRequest = ({ values, operands }: Arguments<typeof benchOptions>): BenchRequest => {
  const [target, ...more] = operands;
  if (target === undefined || more.length > 0)
    throw usageError(
      operands.length === 0 ? "no TARGET" : `${operands.length} targets`,
      "one TARGET: a block device, an empty file or a directory",
      "write dbtrfs bench /var/tmp",
    );
  const wrong = otherDestroyed(target, values);
  if (wrong.length > 0) throw new ProblemsError(wrong);
  const { rounds, warmUpSeconds, windowSeconds, dataGiB, logGiB } = values.quick ? quickSize : fullSize;
  return {
    target,
    destroy: values.destroy,
    batches: chosen(values),
    rounds: number("rounds", values.rounds, rounds),
    timing: {
      warmUpSeconds,
      windowSeconds: number("seconds", values.seconds, windowSeconds),
      snapshotSeconds: null,
    },
    trials: values.trials ?? "dbtrfs-bench.jsonl",
    dataGiB,
    logGiB,
  };
};
