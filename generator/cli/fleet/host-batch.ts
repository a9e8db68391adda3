import { join } from "node:path";
import { generatorName } from "../../about.ts";
import { builtInEvidence, parseEvidence } from "../../evidence/load.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { type PlanChange, planChanges } from "../../fleet/plan-changes.ts";
import { sharedPlans } from "../../fleet/shared-plans.ts";
import { parseJson } from "../../json-text.ts";
import type { GeneratedFile } from "../../output/generated-file.ts";
import { sha256 } from "../../output/journal.ts";
import { isStale, lookAtSet, replacedText, type SetState } from "../../output/set-state.ts";
import { syncFilesystem } from "../../output/sync.ts";
import { writeSet } from "../../output/write-set.ts";
import { type SetToWrite, writeSets } from "../../output/write-sets.ts";
import type { Plan } from "../../plan/types.ts";
import { ProblemsError } from "../../problem.ts";
import { Refusal } from "../../refusal.ts";
import { parseSpec } from "../../spec/parse.ts";
import { type ReadProfile, resolveProfiles } from "../../spec/profile-files.ts";
import type { Spec } from "../../spec/schema.ts";
import { planJson } from "../deliver.ts";
import { layoutProblems, layoutReview } from "../layout-review.ts";
import { profileReader } from "../profile-reader.ts";
import type { HostRecord, HostResult, HostTask, RunFacts } from "./host-task.ts";
import { directoryDigest, setDigest } from "./set-digest.ts";

/** A host that has to be compared, with its files. */
interface Rendered {
  readonly task: HostTask;
  readonly files: readonly GeneratedFile[];
  readonly record: HostRecord;
}

const evidenceOf = ({ evidence }: RunFacts): Evidence => {
  if (evidence === null) return builtInEvidence();
  const loaded = parseEvidence(evidence.text, evidence.file);
  if (!loaded.ok) throw new ProblemsError(loaded.problems);
  return loaded.evidence;
};

/** Hundreds of hosts name the same few profiles. */
const remembering = (read: ReadProfile): ReadProfile => {
  const known = new Map<string, ReturnType<ReadProfile>>();
  return (path) => {
    const result = known.get(path) ?? read(path);
    known.set(path, result);
    return result;
  };
};

const failed = (name: string, error: unknown): HostResult => {
  if (!(error instanceof ProblemsError)) throw error;
  return { name, ok: false, problems: error.problems, exitCode: error.exitCode };
};

/** What a host's plan does to the plan.json that it has; nothing where the folder is new. */
const changesOf = (state: SetState, files: readonly GeneratedFile[]): readonly PlanChange[] => {
  const replaced = replacedText(state, "plan.json");
  if (replaced === undefined) return [{ what: "reasons and reports", consequence: "files" }];
  const json = parseJson(replaced);
  return planChanges("document" in json ? json.document : undefined, JSON.parse(planJson(files)) as Plan);
};

const isNew = ({ changes }: SetState): boolean => changes.every(({ state }) => state === "missing");

const resultOf = (
  { task: { name }, files, record }: Rendered,
  state: SetState,
  withChanges: boolean,
): HostResult => {
  const base = { name, ok: true, record } as const;
  if (!isStale(state)) return { ...base, state: "unchanged", changes: [] };
  if (isNew(state)) return { ...base, state: "new", changes: [] };
  return { ...base, state: "changed", changes: withChanges ? changesOf(state, files) : [] };
};

/**
 * Plans hosts and writes or compares their folders, a batch at a time. A host whose input is what it was, and
 * whose folder is what came of it, is not planned again. Made once a thread.
 */
export const hostBatches = (facts: RunFacts) => {
  const { mode, fleetFile, out } = facts;
  const evidence = evidenceOf(facts);
  const plansOf = sharedPlans(evidence, facts.specName);
  const reader = profileReader({ file: fleetFile, path: fleetFile, text: "" });
  const readProfile = reader && remembering(reader);
  const canSync = mode.kind === "write" && syncFilesystem(out);
  const directoryOf = (name: string) => join(out, "hosts", name);

  const inputOf = ({ spec }: HostTask): string => {
    const { document } = resolveProfiles(spec, "", readProfile);
    return sha256(JSON.stringify([generatorName, facts.specName, facts.evidenceHash, document]));
  };

  /** Throws a ProblemsError whose problems name no file. */
  const specOf = ({ spec }: HostTask): Spec => {
    const parsed = parseSpec(JSON.stringify(spec), "", readProfile);
    if (!parsed.ok) throw new ProblemsError(parsed.problems);
    return parsed.spec;
  };

  const begin = (task: HostTask): HostResult | Rendered => {
    try {
      const input = inputOf(task);
      const { name, record } = task;
      if (record?.input === input && directoryDigest(directoryOf(name)) === record.output)
        return { name, ok: true, state: "unchanged", record, changes: [] };
      const files = plansOf(specOf(task));
      return { task, files, record: { input, output: setDigest(files) } };
    } catch (error) {
      return failed(task.name, error);
    }
  };

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
