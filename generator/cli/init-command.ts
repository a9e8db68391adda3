import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "../analyze/capture/host.ts";
import type { Unanswered } from "../init/answer.ts";
import type { Answers } from "../init/question.ts";
import { questions } from "../init/questions.ts";
import { type Problem, ProblemsError } from "../problem.ts";
import type { SpecInput } from "../spec/schema.ts";
import { visible } from "../visible.ts";
import { defineCommand } from "./command.ts";
import { type InitRequest, initOptions, initRequest } from "./init-options.ts";
import type { Streams } from "./streams.ts";
import { usageProblem } from "./usage.ts";

/** What this machine is; null, and a note, where it cannot be looked at. */
const lookAround = async ({ log }: Streams): Promise<Host | null> => {
  const { inspectHost } = await import("../analyze/live/host.ts");
  try {
    return await inspectHost();
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    await log.write(
      `${log.style("caution", "note:")} this machine cannot be looked at (${visible(`${why}`)}); nothing is suggested.\n`,
    );
    return null;
  }
};

const problemOf = ({ question: { name, value }, found, allowed }: Unanswered): Problem =>
  found === undefined
    ? usageProblem(`no --${name}`, allowed, `add --${name} ${value}, or run it on a terminal, which asks`)
    : usageProblem(`--${name} ${found}`, allowed, `change --${name}, or leave it out`);

/** Throws a ProblemsError that names the flags that are missing or wrong. */
const answersFor = async (
  flags: InitRequest["flags"],
  host: Host | null,
  streams: Streams,
): Promise<Answers> => {
  const { answerAll } = await import("../init/answer.ts");
  const terminal = (await streams.openTerminal?.()) ?? null;
  const ask = terminal ? (await import("./init-dialogue.ts")).askOn(terminal, streams.log.style) : null;
  try {
    const { answers, unanswered } = await answerAll(questions, flags, host, ask);
    if (unanswered.length > 0) throw new ProblemsError(unanswered.map(problemOf));
    return answers;
  } finally {
    terminal?.close();
  }
};

const specText = (spec: SpecInput): string => `${JSON.stringify(spec, null, 2)}\n`;

/** Throws what `plan` would: a first spec is one that it takes. */
const makeSure = async (file: string, text: string): Promise<void> => {
  const { planIn } = await import("./compile.ts");
  planIn({ file, path: file, text }, undefined);
};

/** The schema that the spec names, beside it; one that is there stays. */
const writeSchema = async (file: string): Promise<void> => {
  if (existsSync(file)) return;
  const [{ specJsonSchema }, { writeNewFile }] = await Promise.all([
    import("../spec/json-schema.ts"),
    import("./write-new-file.ts"),
  ]);
  writeNewFile(file, `${JSON.stringify(specJsonSchema(), null, 2)}\n`, false);
};

const schemaName = "spec.schema.json";

const write = async (file: string, text: string, force: boolean, { log }: Streams): Promise<void> => {
  const { writeNewFile } = await import("./write-new-file.ts");
  writeNewFile(file, text, force);
  await writeSchema(join(dirname(file), schemaName));
  const { specComments } = await import("../init/comments.ts");
  await log.write(
    `\nWrote ${visible(file)}. What it says, and what else it could:\n\n${specComments(JSON.parse(text))}`,
  );
  await log.write(`\nNext: dbtrfs plan ${visible(file)}\n`);
};

export const initCommand = defineCommand({
  usage: "[options]",
  about: [
    "Writes a first spec for this machine, one that plan takes. On a terminal it asks",
    "for what only its owner knows; a flag answers in advance, and without a terminal",
    "flags must. Disks, memory, cores and firmware are looked up, and can be told by",
    "flags for another machine. It writes FILE and beside it spec.schema.json, which",
    "lets editors complete the spec, overwrites nothing, and never touches a disk.",
  ].join("\n"),
  options: initOptions,
  operands: ["nothing"],
  examples: [
    ["dbtrfs init", "answer a few questions"],
    [
      "dbtrfs init --engine postgresql --name orders --size 200 --disk /dev/sdb",
      "from a script, for this machine",
    ],
    [
      "dbtrfs init --disk /dev/disk/by-id/nvme-A:nvme:1000 -o db1.json",
      "for another machine's disk; the rest is asked for",
    ],
  ],
  async run({ values, operands }, streams) {
    const { flags, out, force } = initRequest(values, operands);
    const host = await lookAround(streams);
    const answers = await answersFor(flags, host, streams);
    const { makeSpec } = await import("../init/make-spec.ts");
    const spec = makeSpec({ answers, host }, `./${schemaName}`);
    const file = out ?? `${spec.host}.json`;
    const text = specText(spec);
    await makeSure(file === "-" ? "standard output" : file, text);
    if (file === "-") await streams.product.write(text);
    else await write(file, text, force, streams);
    return 0;
  },
});
