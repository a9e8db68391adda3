import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryDirectory } from "../output/testing/sets.ts";
import { dbtrfs } from "./testing/dbtrfs.ts";

vi.setConfig({ testTimeout: 60_000 });

const mistake = async (...args: string[]): Promise<[number | undefined, string | undefined]> => {
  const { status, stderr } = await dbtrfs(["analyze", ...args]);
  return [status, /found: {3}(.*)/.exec(stderr)?.[1]];
};

test.each([
  [[], "no ENGINE and no TARGET"],
  [["oracle", "x"], "engine oracle"],
  [["mysql"], "no TARGET"],
  [["mysql", "a", "b"], "3 operands"],
  [["mysql", "a", "--for", "ten"], "--for ten"],
  [["mysql", "a", "--for", "30s", "--interval", "1m"], "--interval 1m with --for 30s"],
  [["mysql", "a", "--from", "c.json"], "--from with what says how to measure"],
  [["mysql", "a", "--spec", "-", "--out", "-"], "--out - and --spec -"],
])("%j is bad usage", async (args, found) => {
  expect(await mistake(...args)).toEqual([2, found]);
});

test("a capture is checked before anything is said of it", async () => {
  const file = join(temporaryDirectory(), "capture.json");
  const at = "2026-01-01T00:00:00Z";
  const sample = { at, identity: {}, counters: {}, gauges: {}, relations: [] };
  const capture = {
    captureVersion: 1,
    capturedBy: "test",
    engine: "postgresql",
    target: "service=orders",
    server: { version: "17.8", banner: "PostgreSQL 17.8" },
    host: null,
    settings: {},
    samples: [sample, sample],
    storage: null,
    missing: {},
  };
  writeFileSync(file, JSON.stringify(capture));
  const { status, stderr } = await dbtrfs(["analyze", "--from", file]);
  expect(status).toBe(2);
  expect(stderr).toContain("#/samples/1/at\n  found:   2026-01-01T00:00:00Z, not after 2026-01-01T00:00:00Z");
});
