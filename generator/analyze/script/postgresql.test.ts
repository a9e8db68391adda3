import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { parseCapture } from "../capture/parse.ts";
import { postgresqlAnalyzer } from "../postgresql/index.ts";
import { type Cluster, startCluster } from "../postgresql/testing/cluster.ts";
import { postgresqlServers } from "../postgresql/testing/servers.ts";
import { captured, scriptFile, shells } from "./testing/scripts.ts";

const [newest] = postgresqlServers().toReversed();

describe.skipIf(newest === undefined)(`a server of PostgreSQL ${newest?.version}`, () => {
  let cluster: Cluster;
  const load = () => cluster.pgbench("--client=2", "--time=4");

  beforeAll(async () => {
    cluster = await startCluster(dirname(newest?.server ?? ""));
    await cluster.pgbench("--initialize", "--scale=2", "--quiet");
    await cluster.sql(`CREATE DATABASE "o'dd \\ ""näme"""`);
  });
  afterAll(() => cluster.remove());

  it.each(shells)("is captured by %s as dbtrfs itself captures it", async (shell) => {
    const capture = await captured("postgresql", shell, cluster.target, load);
    const live = await postgresqlAnalyzer.connect(cluster.target);
    const [description, sample] = [await live.describe(), await live.sample()];
    expect(capture.server).toEqual(description.server);
    expect(capture.settings).toEqual(description.settings);
    expect(capture.missing).toMatchObject(description.missing);
    const [first] = capture.samples;
    const counters = Object.keys(first?.counters ?? {}).filter((name) => !/^(process|cgroup)\./.test(name));
    expect(counters.sort()).toEqual(Object.keys(sample.counters).sort());
    expect(Object.keys(first?.gauges ?? {}).sort()).toEqual(Object.keys(sample.gauges).sort());
    expect(first?.identity).toMatchObject(sample.identity);
    expect(first?.identity.process).toMatch(new RegExp(`^${cluster.postmaster()} started at \\d+$`));
    expect(first?.counters["process.write_bytes"]).toBeGreaterThan(0);
    expect(capture.storage?.components.map(({ role, realPath }) => [role, realPath])).toEqual([
      ["data", cluster.dataDirectory],
      ["log", cluster.logDirectory],
    ]);
  });

  it("is analyzed by it: the load is what it was", async () => {
    const capture = await captured("postgresql", "sh", cluster.target, load);
    const analysis = analyse(capture, postgresqlAnalyzer, "capture.json");
    expect(analysis.class).toBe("oltp");
    expect(analysis.measured.updateShare).toBeCloseTo(0.75, 1);
    expect(analysis.window.samples).toBeGreaterThanOrEqual(4);
  });

  it("that is interrupted ends its window early, with what it has", async () => {
    const child = spawn("sh", [await scriptFile("postgresql"), cluster.target, "600", "1"], {
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
