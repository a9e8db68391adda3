import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { analyse } from "../analyse.ts";
import { analyzers } from "../analyzers.ts";
import { parseCapture } from "../capture/parse.ts";
import type { Capture } from "../capture/schema.ts";
import { type Cluster, startCluster } from "../postgresql/testing/cluster.ts";
import { postgresqlServers } from "../postgresql/testing/servers.ts";
import { captureScript } from "./capture-script.ts";

const folder = mkdtempSync(join(tmpdir(), "dbtrfs-script-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isInstalled = (name: string): boolean => {
  const found = (process.env.PATH ?? "").split(":").some((directory) => existsSync(join(directory, name)));
  if (!found) console.warn(`Skipped: what needs ${name}, which is not installed.`);
  return found;
};

/** Shells that differ in what they take beyond POSIX. */
const shells = ["dash", "bash", "busybox"].filter(isInstalled);
const argumentsOf = (shell: string): readonly string[] => (shell === "busybox" ? ["sh"] : []);

const engines = Object.keys(analyzers).filter((engine) => engine !== "sqlite") as (keyof typeof analyzers)[];

const scriptOf = async (engine: keyof typeof analyzers): Promise<string> => {
  const load = analyzers[engine];
  if (load === undefined) throw new Error(`no analyzer of ${engine}`);
  return captureScript(await load());
};

const fileOf = async (engine: keyof typeof analyzers): Promise<string> => {
  const file = join(folder, `${engine}.sh`);
  writeFileSync(file, await scriptOf(engine));
  return file;
};

describe.each(engines)("the script of %s", (engine) => {
  it.skipIf(!isInstalled("shellcheck"))("passes shellcheck as a script of a POSIX shell", async () => {
    const found = await execa("shellcheck", ["--shell=sh", await fileOf(engine)], { reject: false });
    expect(found.stdout).toBe("");
  });

  it.each(shells)("tells a mistake from a measurement, in %s", async (shell) => {
    const run = (...args: string[]) =>
      execa(shell, [...argumentsOf(shell), ...args], { reject: false, env: { PGPORT: "1" } });
    const file = await fileOf(engine);
    const none = await run(file);
    expect([none.exitCode, none.stdout]).toEqual([1, ""]);
    expect(none.stderr).toContain("usage: sh");
    const secret = await run(file, "postgresql://dbtrfs:s3cret@db1/shop");
    expect([secret.exitCode, secret.stdout]).toEqual([1, ""]);
    expect(secret.stderr).toContain("password");
    expect(secret.stderr).not.toContain("s3cret");
    const down = await run(file, "/no/such/socket");
    expect([down.exitCode, down.stdout]).toEqual([1, ""]);
  });
});

/** The functions of the script alone, and a call of one of them. */
const called = (script: string, call: string): string =>
  `${script.slice(script.indexOf("# JSON strings."), script.indexOf("# The machine."))}\n${call}\n`;

test("any text becomes a JSON string of that text, and bytes that are none are replaced", async () => {
  const script = called(await scriptOf("postgresql"), 'for each; do json_string "$each"; echo; done');
  const text = fc.string({ unit: "binary", minLength: 1 }).filter((each) => !each.includes("\0"));
  const texts = fc.sample(fc.oneof(text, fc.string({ unit: "grapheme", minLength: 1 })), {
    numRuns: 60,
    seed: 7,
  });
  const odd = [
    '"',
    "\\",
    'a"b\\c',
    "new\nline",
    "tab\t",
    "\u001b[0m",
    "näme",
    "日本",
    "🐘",
    "\u007f",
    "$(x) `y` %s",
  ];
  for (const shell of shells) {
    const given = [...odd, ...texts].map((each) => each.toWellFormed());
    const { stdout } = await execa(shell, [
      ...argumentsOf(shell),
      "-c",
      `LC_ALL=C\n${script}`,
      "sh",
      ...given,
    ]);
    expect(stdout.split("\n").map((line) => JSON.parse(line) as string)).toEqual(given);
  }
  const broken = called(await scriptOf("postgresql"), `json_string "$(printf 'a\\377b\\303')"`);
  const { stdout } = await execa("sh", ["-c", `LC_ALL=C\n${broken}`]);
  expect(JSON.parse(stdout)).toBe("a\ufffdb\ufffd");
});

const [server] = postgresqlServers();

describe.skipIf(server === undefined)("a PostgreSQL server", () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster(server?.server.replace(/\/[^/]*$/, "") ?? "");
    await cluster.pgbench("--initialize", "--scale=2", "--quiet");
    await cluster.sql(`CREATE DATABASE "o'dd \\\\ ""näme"""`);
  });
  afterAll(() => cluster.remove());

  const captured = async (shell: string): Promise<Capture> => {
    const file = await fileOf("postgresql");
    const script = execa(shell, [...argumentsOf(shell), file, cluster.target, "3", "1"]);
    const load = cluster.pgbench("--client=2", "--time=4");
    const { stdout } = await script;
    await load;
    const parsed = parseCapture(stdout, "capture.json");
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.capture;
  };

  it.each(shells)("is captured by %s as dbtrfs itself captures it", async (shell) => {
    const capture = await captured(shell);
    const live = await (await analyzers.postgresql?.())?.connect(cluster.target);
    const description = await live?.describe();
    const sample = await live?.sample();
    expect(capture.server).toEqual(description?.server);
    expect(capture.settings).toEqual(description?.settings);
    const own = Object.keys(capture.samples[0]?.counters ?? {}).filter(
      (name) => !/^(process|cgroup)\./.test(name),
    );
    expect(own.sort()).toEqual(Object.keys(sample?.counters ?? {}).sort());
    expect(Object.keys(capture.samples[0]?.gauges ?? {}).sort()).toEqual(
      Object.keys(sample?.gauges ?? {}).sort(),
    );
    expect(capture.storage?.components.map(({ role, realPath }) => [role, realPath])).toEqual([
      ["data", cluster.dataDirectory],
      ["log", cluster.logDirectory],
    ]);
    expect(capture.samples[0]?.identity.process).toMatch(
      new RegExp(`^${cluster.postmaster()} started at \\d+$`),
    );
  });

  it("is analyzed by it: the load is what it was", async () => {
    const analyzer = await analyzers.postgresql?.();
    if (analyzer === undefined) throw new Error("no analyzer");
    const analysis = analyse(await captured("sh"), analyzer, "capture.json");
    expect(analysis.class).toBe("oltp");
    expect(analysis.measured.updateShare).toBeCloseTo(0.75, 1);
    expect(analysis.window.samples).toBeGreaterThanOrEqual(4);
  });

  it("that is interrupted ends its window early, with what it has", async () => {
    const child = spawn("sh", [await fileOf("postgresql"), cluster.target, "600", "1"], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let product = "";
    child.stdout.on("data", (text) => {
      product += `${text}`;
    });
    await new Promise<void>((resolve) => {
      child.stderr.on("data", (text) => `${text}`.includes("2 of 600 s") && resolve());
    });
    // As a terminal does, to all that run in it; and more than once, as impatient people do.
    const impatience = setInterval(() => process.kill(-(child.pid ?? 0), "SIGINT"), 100);
    child.on("exit", () => clearInterval(impatience));
    await new Promise((resolve) => child.on("close", resolve));
    const parsed = parseCapture(product, "capture.json");
    expect(parsed.ok ? parsed.capture.samples.length : parsed.problems).toBeGreaterThanOrEqual(2);
  });
});
