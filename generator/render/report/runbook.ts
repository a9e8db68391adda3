import type { DatabaseView } from "./view.ts";

/** What to do in one situation, as the report shows it: text, steps and commands in the order of doing. */
export interface Runbook {
  /** Its anchor in the report; no two runbooks of a host have the same. */
  readonly id: string;
  readonly title: string;
  readonly sections: readonly RunbookSection[];
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
  | { readonly kind: "commands"; readonly commands: string }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

const untitled = (...blocks: RunbookBlock[]): readonly RunbookSection[] => [{ title: undefined, blocks }];

const fromSnapshot = ({ name, restore }: DatabaseView): Runbook[] =>
  restore === undefined
    ? []
    : [
        {
          id: `restore-${name}-snapshot`,
          title: `Restore ${name} from a snapshot`,
          sections: untitled(
            { kind: "text", text: restore.about },
            { kind: "commands", commands: restore.commands },
          ),
        },
      ];

const fromBackup = ({ name, backup }: DatabaseView): Runbook[] =>
  backup === undefined
    ? []
    : [
        {
          id: `restore-${name}-backup`,
          title: `Restore ${name} from its backup`,
          sections: untitled(
            { kind: "text", text: backup.restore.about },
            { kind: "commands", commands: backup.restore.commands },
          ),
        },
      ];

/** The runbooks of a host. What is written for more situations is added here. */
export const runbooksOf = (databases: readonly DatabaseView[]): Runbook[] =>
  databases.flatMap((database) => [...fromSnapshot(database), ...fromBackup(database)]);
