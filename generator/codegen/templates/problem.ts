/** Where something stands in a template: path below the repository, line and column counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface TemplateProblem {
  readonly at: Place;
  readonly found: string;
  /** What may stand there instead, or how to mend it. */
  readonly allowed: string;
}

/** Templates that do not compile; nothing is written. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly problems: readonly TemplateProblem[];

  constructor(problems: readonly TemplateProblem[]) {
    super(problems.map(describe).join("\n"));
    this.problems = problems;
  }
}

const describe = ({ at, found, allowed }: TemplateProblem): string =>
  `${at.file}:${at.line}:${at.column}: ${found}\n  ${allowed}`;

/** Throws a TemplateError with one problem. */
export function refuse(at: Place, found: string, allowed: string): never {
  throw new TemplateError([{ at, found, allowed }]);
}
