import { version } from "../about.ts";
import { didYouMean } from "../did-you-mean.ts";
import { exitStatus } from "../exit-status.ts";
import { formatProblems, ProblemsError, problemsJson } from "../problem.ts";
import { parseArguments } from "./args.ts";
import { bugReport } from "./bug-report.ts";
import type { Command, CommandEntry, CommonValues } from "./command.ts";
import { commands as allCommands } from "./commands.ts";
import { commandHelp, globalOptions, overview } from "./help.ts";
import { type Streams, silent } from "./streams.ts";
import { usageError } from "./usage.ts";

/** Runs one command line, without the program's name, and returns the exit status. Throws nothing. */
export async function run(
  args: readonly string[],
  streams: Streams,
  commands = allCommands,
): Promise<number> {
  try {
    return await dispatch(args, streams, commands);
  } catch (error) {
    return await report(error, args, streams);
  }
}

async function dispatch(
  args: readonly string[],
  streams: Streams,
  commands: readonly CommandEntry[],
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) return await printOverview(streams, commands);
  if (name.startsWith("-") && name !== "-") return await runGlobal(args, streams, commands);
  if (name === "help") return await help(rest, streams, commands);
  const command = await findCommand(name, commands).load();
  const asksForHelp = untilDashes(rest).some((arg) => arg === "--help" || arg === "-h");
  if (asksForHelp) return await printHelp(name, command, streams);
  return await runCommand(command, rest, streams);
}

async function runCommand(command: Command, rest: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseArguments(rest, command.options);
  const { quiet } = parsed.values as Partial<CommonValues>;
  return await command.run(parsed, quiet ? { ...streams, log: silent } : streams);
}

/** Options without a command. */
async function runGlobal(
  args: readonly string[],
  streams: Streams,
  commands: readonly CommandEntry[],
): Promise<number> {
  const { values, operands } = parseArguments(args, globalOptions);
  if (values.version && !values.help) {
    await streams.product.write(`dbtrfs ${version}\n`);
    return exitStatus.success;
  }
  const [command] = operands;
  if (command !== undefined && !values.help) throw misplaced(args, operands);
  return await help(operands, streams, commands);
}

function misplaced(args: readonly string[], operands: readonly string[]) {
  const options = args.slice(0, args.indexOf(operands[0] ?? ""));
  return usageError(
    `${options.join(" ")} before ${operands[0]}`,
    "dbtrfs COMMAND, then its options",
    `write dbtrfs ${[...operands, ...options].join(" ")}`,
  );
}

async function help(
  operands: readonly string[],
  streams: Streams,
  commands: readonly CommandEntry[],
): Promise<number> {
  const [name] = operands.filter((operand) => operand !== "help" && !operand.startsWith("-"));
  if (name === undefined) return await printOverview(streams, commands);
  return await printHelp(name, await findCommand(name, commands).load(), streams);
}

async function printOverview({ product }: Streams, commands: readonly CommandEntry[]): Promise<number> {
  await product.write(overview(commands, product.style));
  return 0;
}

async function printHelp(name: string, command: Command, { product }: Streams): Promise<number> {
  await product.write(commandHelp(name, command, product.style));
  return 0;
}

function findCommand(name: string, commands: readonly CommandEntry[]): CommandEntry {
  const entry = commands.find((candidate) => candidate.name === name);
  if (entry) return entry;
  const names = [...commands.map((candidate) => candidate.name), "help"];
  throw usageError(`unknown command ${name}`, names.join(", "), unknownCommandFix(name, names));
}

function unknownCommandFix(name: string, names: readonly string[]): string {
  if (name === "-" || /[./]/.test(name)) return `did you mean dbtrfs plan ${name}?`;
  const meant = didYouMean(name, names);
  return meant ? `did you mean dbtrfs ${meant}?` : "dbtrfs help says what each command does";
}

async function report(error: unknown, args: readonly string[], { product, log }: Streams): Promise<number> {
  if (!(error instanceof ProblemsError)) {
    await log.write(bugReport(error, args, log.style));
    return exitStatus.bug;
  }
  const asText = () => log.write(formatProblems(error.problems, log.style));
  if (untilDashes(args).includes("--json")) {
    await product.write(problemsJson(error.problems)).catch(asText);
  } else {
    await asText();
  }
  return error.exitCode;
}

/** The arguments that can be options (POSIX utility conventions, guideline 10). */
const untilDashes = (args: readonly string[]): readonly string[] =>
  args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
