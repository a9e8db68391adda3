import type { Answers, Known, Question } from "./question.ts";

/** A question without an answer that counts. */
export interface Unanswered {
  readonly question: Question;
  /** What a flag answered; undefined for nothing. */
  readonly found: string | undefined;
  readonly allowed: string;
}

export interface Answered {
  readonly answers: Answers;
  readonly unanswered: readonly Unanswered[];
}

/** Asks until the answer counts. */
export type Ask = (question: Question, known: Known) => Promise<string>;

/** Of words that are choices the beginning will do. */
export const completed = ({ choices = [] }: Question, answer: string): string => {
  const begun = choices.filter((choice) => choice.startsWith(answer.toLowerCase()));
  return begun.length === 1 && begun[0] !== undefined && answer !== "" ? begun[0] : answer;
};

const doesApply = ({ applies }: Question, known: Known): boolean => applies?.(known) ?? true;

const outOfPlace = "none: it does not go with the other answers";

/** What a flag answers, or what is wrong with that. */
const byFlag = (question: Question, found: string, known: Known): string | Unanswered => {
  const allowed = doesApply(question, known) ? question.wrong(found, known) : outOfPlace;
  return allowed === undefined ? found : { question, found, allowed };
};

/** What nobody needs to be asked: what this machine shows, or what the planner takes by itself. */
const byItself = (question: Question, known: Known, canAsk: boolean): string | undefined =>
  question.by === "sure" || (question.by === "asked" && !canAsk) ? question.suggestion?.(known) : undefined;

const answerOne = async (
  question: Question,
  flag: string | undefined,
  known: Known,
  ask: Ask | null,
): Promise<string | Unanswered | undefined> => {
  if (flag !== undefined) return byFlag(question, flag, known);
  if (!doesApply(question, known)) return undefined;
  const own = byItself(question, known, ask !== null);
  if (own !== undefined) return own;
  return ask ? ask(question, known) : { question, found: undefined, allowed: question.summary };
};

/**
 * Answers in the order of the questions, by flags, by what is sure, and by asking where that is possible. With somebody
 * to ask it stops at the first flag that is wrong; without, it goes on, to name all.
 */
export const answerAll = async (
  questions: readonly Question[],
  flags: Readonly<Record<string, string | undefined>>,
  host: Known["host"],
  ask: Ask | null,
): Promise<Answered> => {
  let answers: Answers = {};
  const unanswered: Unanswered[] = [];
  for (const question of questions) {
    const answer = await answerOne(question, flags[question.name], { answers, host }, ask);
    if (typeof answer === "string") answers = { ...answers, [question.name]: answer };
    // What does not fit to answers that are not there is no mistake yet.
    else if (answer && !(answer.allowed === outOfPlace && unanswered.length > 0)) unanswered.push(answer);
    if (ask && unanswered.length > 0) break;
  }
  return { answers, unanswered };
};
