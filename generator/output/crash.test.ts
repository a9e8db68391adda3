import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { describe, expect, test } from "vitest";
import { checkSet } from "./check-set.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { stageFolder } from "./set-paths.ts";
import { contentOf, contentOfSet, type SetName, sets, temporaryDirectory } from "./testing/sets.ts";
import { writeSet } from "./write-set.ts";

/** Dozens of processes; how long they take depends on the machine alone. */
const timeout = 120_000;
const child = fileURLToPath(new URL("testing/crash-child.ts", import.meta.url));

async function killAtStep(step: number, directory: string, set: SetName): Promise<void> {
  const result = await execaNode(child, [directory, set, `${step}`], { reject: false });
  expect(result.signal, result.stderr).toBe("SIGKILL");
}

function directoryWith(files: readonly GeneratedFile[]): string {
  const directory = temporaryDirectory();
  if (files.length > 0) writeSet(directory, files);
  return directory;
}

function countSteps(directory: string, files: readonly GeneratedFile[]): number {
  let steps = 0;
  writeSet(directory, files, () => steps++);
  return steps;
}

const inPairs = async (count: number, act: (step: number) => Promise<void>): Promise<void> => {
  for (let step = 1; step <= count; step += 2) {
    await Promise.all([step, step + 1].filter((n) => n <= count).map(act));
  }
};

/** DIR as a run recovers it, before that run writes its own set. */
function contentAfterRecovery(directory: string): Record<string, string | null> {
  let content: Record<string, string | null> | undefined;
  writeSet(directory, sets.cherries, (step) => {
    if (step.startsWith("mkdir") && step.endsWith(stageFolder)) content ??= contentOf(directory);
  });
  const { ".dbtrfs-lock": _lock, ...files } = content ?? {};
  return files;
}

const differs = (directory: string, files: readonly GeneratedFile[]) =>
  checkSet(directory, files).findings.length > 0;

/** Which set won; fails the test where neither did, or where looking and recovering disagree. */
function winner(
  directory: string,
  old: readonly GeneratedFile[],
  wanted: readonly GeneratedFile[],
): "old" | "new" {
  const won = differs(directory, wanted) ? "old" : "new";
  const winningSet = won === "new" ? wanted : old;
  expect(differs(directory, winningSet)).toBe(false);
  expect(contentAfterRecovery(directory)).toEqual(contentOfSet(winningSet));
  expect(contentOf(directory)).toEqual(contentOfSet(sets.cherries));
  return won;
}

const transitions: [string, readonly GeneratedFile[], SetName][] = [
  ["nothing", [], "apples"],
  ["pears", sets.pears, "apples"],
  ["apples", sets.apples, "pears"],
];

describe.each(transitions)("from %s", (_name, old, next) => {
  test(`to ${next}: a kill before any step leaves the old set or the new one`, { timeout }, async () => {
    const winners = new Set<string>();
    await inPairs(countSteps(directoryWith(old), sets[next]), async (step) => {
      const directory = directoryWith(old);
      await killAtStep(step, directory, next);
      winners.add(winner(directory, old, sets[next]));
    });
    expect([...winners]).toEqual(["old", "new"]);
  });
});

test("a kill while a run recovers changes nothing about who wins", { timeout }, async () => {
  const interrupted = async () => {
    const directory = directoryWith(sets.pears);
    const steps: string[] = [];
    writeSet(directoryWith(sets.pears), sets.apples, (step) => steps.push(step));
    const afterFirstMove =
      steps.findIndex((step) => step.endsWith("/disko.nix") && step.startsWith("rename")) + 2;
    await killAtStep(afterFirstMove, directory, "apples");
    return directory;
  };
  const steps = countSteps(await interrupted(), sets.apples);
  await inPairs(steps, async (step) => {
    const directory = await interrupted();
    await killAtStep(step, directory, "apples");
    expect(winner(directory, sets.pears, sets.apples)).toBe("new");
  });
  expect(steps).toBeGreaterThan(5);
});
