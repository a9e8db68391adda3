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
import { type SetToWrite, type SetWritten, writeSets } from "../../output/write-sets.ts";
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
  const writeOneByOne = (sets: readonly SetToWrite[]): SetWritten[] =>
    sets.map(({ name, files, review }) => {
      try {
        return { state: writeSet(name, files, undefined, review) };
      } catch (error) {
        return { error };
      }
    });

  const write = (rendered: readonly Rendered[], relayout: boolean): HostResult[] => {
    const sets = rendered.map((one) => setOf(one, relayout));
    const written = canSync ? writeSets(sets, () => void syncFilesystem(out)) : writeOneByOne(sets);
    return written.map((result, index) => {
      const one = rendered[index] as Rendered;
      return "error" in result ? failed(one.task.name, result.error) : resultOf(one, result.state, true);
    });
  };

  const compare = (one: Rendered): HostResult => {
    try {
      return resultOf(one, lookAtSet(directoryOf(one.task.name), one.files), mode.kind === "diff");
    } catch (error) {
      return failed(one.task.name, error);
    }
  };

  return (tasks: readonly HostTask[]): HostResult[] => {
    const begun = tasks.map(begin);
    const rendered = begun.flatMap((one) => ("files" in one ? [one] : []));
    const done = begun.flatMap((one) => ("files" in one ? [] : [one]));
    return [...done, ...(mode.kind === "write" ? write(rendered, mode.relayout) : rendered.map(compare))];
  };
};
