/** What to do in one situation: text, steps and commands in the order of doing. */
export interface Runbook {
  /** Its anchor in the report and its file's name; no two runbooks of a host have the same. */
  readonly id: string;
  readonly title: string;
  readonly sections: readonly RunbookSection[];
}

/** A runbook as a file. */
export interface RunbookFile extends Runbook {
  readonly header: string;
}

export interface RunbookSection {
  /** Undefined for what stands right below the runbook's title. */
  readonly title: string | undefined;
  readonly blocks: readonly RunbookBlock[];
}

export type RunbookBlock =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "steps"; readonly items: readonly string[] }
  | RunbookCommands
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** Shell commands for root on the database's host, run as they stand. */
export interface RunbookCommands {
  readonly kind: "commands";
  /** No two blocks of a runbook have the same: a scenario of the lab calls the block by it. */
  readonly id: string;
  readonly commands: string;
  /** Why no scenario runs them; undefined where one does, in the order of the runbook. */
  readonly untried: string | undefined;
}

export const text = (text: string): RunbookBlock => ({ kind: "text", text });
export const list = (...items: string[]): RunbookBlock => ({ kind: "list", items });
export const steps = (...items: string[]): RunbookBlock => ({ kind: "steps", items });

/** Commands that a scenario of the lab runs. */
export const commands = (id: string, ...lines: string[]): RunbookCommands => ({
  kind: "commands",
  id,
  commands: lines.join("\n"),
  untried: undefined,
});

/** Commands that no scenario runs: `untried` is the reason, and is counted in docs/testing.md. */
export const untriedCommands = (id: string, untried: string, ...lines: string[]): RunbookCommands => ({
  ...commands(id, ...lines),
  untried,
});

/** All command blocks of a runbook, in order. */
export const commandsOf = (runbook: Runbook): RunbookCommands[] =>
  runbook.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "commands"));
