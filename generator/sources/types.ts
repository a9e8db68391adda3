/** Where a claim was read: a manual page, a commit, a thread. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** How sure a value is: measured (evidence rows), documented (a source says so), inferred (our conclusion). */
export type Confidence = "measured" | "documented" | "inferred";
