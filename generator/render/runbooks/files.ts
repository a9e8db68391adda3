import { posix } from "node:path";
import type { GeneratedFile } from "../../output/generated-file.ts";
import type { Plan } from "../../plan/types.ts";
import { headerOf } from "../header.ts";
import { renderRunbooksRunbookMd } from "../templates.generated.ts";
import { runbooksOf } from "./runbooks-of.ts";

/** A file a runbook, for where there is a terminal and no browser. */
export const runbookFiles = (plan: Plan, specName: string): GeneratedFile[] =>
  runbooksOf(plan).map((runbook) => {
    const path = `runbooks/${runbook.id}.md`;
    const header = headerOf(posix.basename(path), specName);
    return { path, text: renderRunbooksRunbookMd({ header, ...runbook }) };
  });
