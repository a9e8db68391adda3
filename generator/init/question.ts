import type { Host } from "../analyze/capture/host.ts";

/** Answers so far, as text, by the name of the question. */
export type Answers = Readonly<Record<string, string>>;

/** What is known when a question comes up. */
export interface Known {
  readonly answers: Answers;
  /** This machine; null where it could not be looked at. */
  readonly host: Host | null;
}

/** Something that a first spec must say; a flag on the command line, or a question on a terminal. */
export interface Question {
  /** Of the flag, without dashes. */
  readonly name: string;
  /** What the answer is, in capitals, for the help. */
  readonly value: string;
  readonly summary: string;
  /** What is asked; lines of at most 80 characters. */
  readonly text: string;
  readonly choices?: readonly string[];
  /** Whether it comes up at all. */
  readonly applies?: (known: Known) => boolean;
  /** What it probably is. */
  readonly suggestion?: (known: Known) => string | undefined;
  /**
   * sure: without a flag the suggestion is taken, without a word. asked: a terminal asks for it all the same. chosen: only
   * the owner can say, and where no terminal can ask a flag must.
   */
  readonly by: "sure" | "asked" | "chosen";
  /** What is allowed, where the answer is not; undefined where it is. */
  readonly wrong: (answer: string, known: Known) => string | undefined;
}
