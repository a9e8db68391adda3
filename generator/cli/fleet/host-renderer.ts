import { generatorName } from "../../about.ts";
import { builtInEvidence, parseEvidence } from "../../evidence/load.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { sharedPlans } from "../../fleet/shared-plans.ts";
import type { GeneratedFile } from "../../output/generated-file.ts";
import { sha256 } from "../../output/journal.ts";
import { ProblemsError } from "../../problem.ts";
import { parseSpec } from "../../spec/parse.ts";
import { type ReadProfile, resolveProfiles } from "../../spec/profile-files.ts";
import type { Spec } from "../../spec/schema.ts";
import { profileReader } from "../profile-reader.ts";
import type { HostRecord, HostResult, HostTask, RunFacts } from "./host-task.ts";
import { directoryDigest, setDigest } from "./set-digest.ts";

/** A host that has to be compared, with its files. */
export interface Rendered {
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

export const failed = (name: string, error: unknown): HostResult => {
  if (!(error instanceof ProblemsError)) throw error;
  return { name, ok: false, problems: error.problems, exitCode: error.exitCode };
};

/**
 * Plans hosts and makes their files. A host whose input is what it was, and whose folder is what came of it, is not
 * planned again. Made once a thread.
 */
export const hostRenderer = (facts: RunFacts, directoryOf: (name: string) => string) => {
  const { fleetFile } = facts;
  const plansOf = sharedPlans(evidenceOf(facts), facts.specName);
  const reader = profileReader({ file: fleetFile, path: fleetFile, text: "" });
  const readProfile = reader && remembering(reader);

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

  return (task: HostTask): HostResult | Rendered => {
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
};
