import { type Ask, completed } from "../init/answer.ts";
import type { Known, Question } from "../init/question.ts";
import { diskList } from "../init/questions-host.ts";
import type { Style } from "../problem.ts";
import { terminalColumns, wrap } from "../wrap.ts";
import type { Terminal } from "./streams.ts";
import { usageError } from "./usage.ts";

const promptFor = (suggestion: string | undefined, style: Style): string =>
  suggestion === undefined ? "> " : `${style("faint", `[${suggestion}]`)} > `;

const inputEnded = ({ name, value }: Question) =>
  usageError(
    `the end of the input at the question about --${name}`,
    "an answer",
    `answer it, or give --${name} ${value}`,
  );

/** One line until it answers the question. Throws a ProblemsError where the input ends. */
const untilAnswered = async (
  question: Question,
  known: Known,
  terminal: Terminal,
  style: Style,
): Promise<string> => {
  const suggestion = question.suggestion?.(known);
  const line = await terminal.ask(promptFor(suggestion, style));
  if (line === null) throw inputEnded(question);
  const answer = completed(question, line.trim()) || suggestion;
  const allowed = answer === undefined ? question.summary : question.wrong(answer, known);
  if (answer !== undefined && allowed === undefined) return answer;
  const lines = wrap(`allowed: ${allowed}`, terminalColumns);
  terminal.say(`${style("caution", lines.join("\n"))}\n`);
  return untilAnswered(question, known, terminal, style);
};

/** Asks a person, with the disks of this machine where the question is about them. */
export const askOn =
  (terminal: Terminal, style: Style): Ask =>
  (question, known) => {
    const list = question.name === "disk" ? `${diskList(known)}\n` : "";
    terminal.say(`\n${style("strong", question.text)}\n${list}`);
    return untilAnswered(question, known, terminal, style);
  };
