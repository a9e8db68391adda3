import { join } from "node:path";
import { type PlanChange, planChanges } from "../../fleet/plan-changes.ts";
import { parseJson } from "../../json-text.ts";
import type { GeneratedFile } from "../../output/generated-file.ts";
import { isStale, lookAtSet, replacedText, type SetState } from "../../output/set-state.ts";
import { syncFilesystem } from "../../output/sync.ts";
import { writeSet } from "../../output/write-set.ts";
import { type SetToWrite, writeSets } from "../../output/write-sets.ts";
import type { Plan } from "../../plan/types.ts";
import { Refusal } from "../../refusal.ts";
import { planJson } from "../deliver.ts";
import { layoutProblems, layoutReview } from "../layout-review.ts";
import { failed, hostRenderer, type Rendered } from "./host-renderer.ts";
import type { HostResult, HostTask, RunFacts } from "./host-task.ts";

/** What a host's plan does to the plan.json that it has; nothing where the folder is new. */
const changesOf = (state: SetState, files: readonly GeneratedFile[]): readonly PlanChange[] => {
  const replaced = replacedText(state, "plan.json");
  if (replaced === undefined) return [{ what: "reasons and reports", consequence: "files" }];
  const json = parseJson(replaced);
  return planChanges("document" in json ? json.document : undefined, JSON.parse(planJson(files)) as Plan);
};

const isNew = ({ changes }: SetState, files: readonly GeneratedFile[]): boolean =>
  changes.length === files.length && changes.every(({ state }) => state === "missing");

const resultOf = (
  { task: { name }, files, record }: Rendered,
  state: SetState,
  withChanges: boolean,
): HostResult => {
  const base = { name, ok: true, record } as const;
  if (!isStale(state)) return { ...base, state: "unchanged", changes: [] };
  if (isNew(state, files)) return { ...base, state: "new", changes: [] };
  return { ...base, state: "changed", changes: withChanges ? changesOf(state, files) : [] };
};

/** Writes or compares the folders of hosts, a batch at a time. Made once a thread. */
export const hostBatches = (facts: RunFacts) => {
  const { mode, out } = facts;
  const directoryOf = (name: string) => join(out, "hosts", name);
  const begin = hostRenderer(facts, directoryOf);
  const canSync = mode.kind === "write" && syncFilesystem(out);

  const setOf = ({ task: { name }, files }: Rendered, relayout: boolean): SetToWrite => {
    const layout = layoutReview(planJson(files));
    return {
      name: directoryOf(name),
      files,
      review: (state) => {
        layout.review(state);
        const problems = relayout ? [] : layoutProblems(directoryOf(name), layout.changes());
        if (problems.length > 0) throw new Refusal(problems);
      },
    };
  };

  /** One at a time, each file made durable by itself: where there is no `sync` for many. */
  const writeOneByOne: typeof writeSets = (sets, tell) =>
    Array.from(sets, ({ name, files, review }) => {
      try {
        return { told: tell(writeSet(name, files, undefined, review)) };
      } catch (error) {
        return { error };
      }
    });

  /** A host's files are made when its turn comes and forgotten after it: those of a batch would fill the memory. */
  const write = (tasks: readonly HostTask[], relayout: boolean): HostResult[] => {
    const done: HostResult[] = [];
    const names: string[] = [];
    let current: Rendered | undefined;
    const sets = function* (): Generator<SetToWrite> {
      for (const task of tasks) {
        const begun = begin(task);
        if ("ok" in begun) {
          done.push(begun);
          continue;
        }
        current = begun;
        names.push(task.name);
        yield setOf(begun, relayout);
      }
    };
    const tell = (state: SetState): HostResult => resultOf(current as Rendered, state, true);
    const written = canSync
      ? writeSets(sets(), tell, () => void syncFilesystem(out))
      : writeOneByOne(sets(), tell, () => {});
    return [
      ...done,
      ...written.map((result, index) =>
        "told" in result ? result.told : failed(names[index] ?? "", result.error),
      ),
    ];
  };

  const compare = (task: HostTask): HostResult => {
    const begun = begin(task);
    if ("ok" in begun) return begun;
    try {
      return resultOf(begun, lookAtSet(directoryOf(task.name), begun.files), mode.kind === "diff");
    } catch (error) {
      return failed(task.name, error);
    }
  };

  return (tasks: readonly HostTask[]): HostResult[] =>
    mode.kind === "write" ? write(tasks, mode.relayout) : tasks.map(compare);
};
