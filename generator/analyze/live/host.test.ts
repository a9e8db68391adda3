import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostSchema } from "../capture/host.ts";
import { inspectHost } from "./host.ts";
import { processCounters } from "./process-counters.ts";
import { momentsOf } from "./window.ts";

test("this machine is described as a capture has it", async () => {
  expect(hostSchema.safeParse(await inspectHost()).error).toBeUndefined();
});

test("what this process writes is counted", () => {
  const folder = mkdtempSync(join(tmpdir(), "dbtrfs-io-"));
  const before = processCounters(process.pid);
  writeFileSync(join(folder, "file"), Buffer.alloc(1 << 20), { flush: true });
  const after = processCounters(process.pid);
  rmSync(folder, { recursive: true });
  expect(after.identity).toEqual(before.identity);
  expect(
    (after.counters["process.wchar"] ?? 0) - (before.counters["process.wchar"] ?? 0),
  ).toBeGreaterThanOrEqual(1 << 20);
});

test("a process that has ended counts nothing, and the reason is there", async () => {
  const child = spawn("true");
  await new Promise((resolve) => child.on("exit", resolve));
  const { counters, missing } = processCounters(child.pid ?? 0);
  expect(counters).toEqual({});
  expect(missing["process.write_bytes"]).toBe("the process has ended");
});

test.each([
  [{ seconds: 60, intervalSeconds: 20 }, [0, 20, 40, 60]],
  [{ seconds: 25, intervalSeconds: 10 }, [0, 10, 20, 25]],
  [{ seconds: 5, intervalSeconds: 5 }, [0, 5]],
])("%j is sampled at %j", (window, moments) => {
  expect(momentsOf(window)).toEqual(moments);
});
