import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execaSync } from "execa";
import { expect, test, vi } from "vitest";
import { contentOf, temporaryDirectory } from "../output/testing/sets.ts";
import { dbtrfs, lines } from "./testing/dbtrfs.ts";

/** Whole processes; how long they take depends on the machine alone. */
vi.setConfig({ testTimeout: 60_000 });

const spec = {
  host: "db1",
  memoryGiB: 32,
  disks: [{ device: "/dev/disk/by-id/nvme-A", kind: "nvme", sizeGiB: 1000 }],
  databases: [{ name: "orders", engine: "postgresql", version: "17", sizeGiB: 200, workload: "oltp" }],
};

const sqlite = {
  name: "carts",
  engine: "sqlite",
  sizeGiB: 1,
  workload: "oltp",
  directory: "/var/lib/shop",
  user: "shop",
};

/** A directory with db1.json in it. */
function directoryWith(content: unknown): string {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "db1.json"), JSON.stringify(content));
  return cwd;
}

const always = [
  "REPORT.md",
  "configuration.nix",
  "default.nix",
  "disko.nix",
  "monitoring/dashboard.json",
  "monitoring/rules.test.yml",
  "monitoring/rules.yml",
  "plan.json",
  "report.html",
  ...["benchmark.md", "migrate-orders.md", "migrate.sh", "monitor.md"].map((name) => `runbooks/${name}`),
  ...["bad-block", "device-errors", "dropped-table", "full", "host-lost", "power-cut", "will-not-start"].map(
    (situation) => `runbooks/recover-${situation}.md`,
  ),
  "runbooks/restore-orders-snapshot.md",
];

test("without --out: a summary that names host and database, and nothing is written", async () => {
  const cwd = directoryWith(spec);
  const { status, stdout, stderr } = await dbtrfs(["plan", "db1.json"], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/db1/);
  expect(stdout).toMatch(/orders/);
  expect(Object.keys(contentOf(cwd))).toEqual(["db1.json"]);
});

test("--out writes the set, says so, and a second run has nothing to do", async () => {
  const cwd = directoryWith(spec);
  expect(await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd })).toEqual({
    status: 0,
    stdout: "",
    stderr: lines("Wrote to out:", ...always.map((name) => `  new      ${name}`)),
  });
  expect(Object.keys(contentOf(join(cwd, "out"))).sort()).toEqual(
    [...always, "monitoring/", "runbooks/"].sort(),
  );
  expect(await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd })).toEqual({
    status: 0,
    stdout: "",
    stderr: "out is up to date.\n",
  });
  expect(await dbtrfs(["plan", "db1.json", "--out", "out", "--quiet"], { cwd })).toEqual({
    status: 0,
    stdout: "",
    stderr: "",
  });
});

test("--json prints the plan.json that --out writes, from wherever and by whatever path it is run", async () => {
  const cwd = directoryWith(spec);
  const printed = await dbtrfs(["plan", join(cwd, "db1.json"), "--json"]);
  const written = await dbtrfs(["plan", "db1.json", "--json", "--out", "out"], { cwd });
  expect(printed).toEqual({ status: 0, stderr: "", stdout: written.stdout });
  expect(readFileSync(join(cwd, "out/plan.json"), "utf8")).toBe(printed.stdout);
  expect(Object.entries(JSON.parse(printed.stdout))[0]).toEqual([
    "generator",
    expect.stringMatching(/^dbtrfs /),
  ]);
});

test("- reads the spec from standard input", async () => {
  const cwd = temporaryDirectory();
  const { status, stdout, stderr } = await dbtrfs(["plan", "-"], { cwd, input: JSON.stringify(spec) });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/orders/);
});

test("--check and --diff: a directory that is not there, is up to date, and is stale", async () => {
  const two = { ...spec, databases: [...spec.databases, sqlite] };
  const cwd = directoryWith(two);
  const check = ["plan", "db1.json", "--out", "out", "--check"];
  const missing = await dbtrfs(check, { cwd });
  expect(missing).toMatchObject({ status: 1, stderr: "" });
  expect(missing.stdout).toContain("out/disko.nix is missing\n");

  await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd });
  const nothing = { status: 0, stdout: "", stderr: "" };
  expect(await dbtrfs(check, { cwd })).toEqual(nothing);
  expect(await dbtrfs(["plan", "db1.json", "--out", "out", "--diff"], { cwd })).toEqual(nothing);

  writeFileSync(join(cwd, "db1.json"), JSON.stringify({ ...two, memoryGiB: 64 }));
  const stale = await dbtrfs(check, { cwd });
  expect(stale).toMatchObject({ status: 1, stderr: "" });
  expect(stale.stdout).toMatch(/^out\/plan\.json is out of date, from line \d+ on:\n {2}- .*\n {2}\+ /m);
});

test("a --diff that is applied leaves nothing to do", async () => {
  const two = { ...spec, databases: [...spec.databases, sqlite] };
  const cwd = directoryWith(two);
  await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd });
  writeFileSync(join(cwd, "db1.json"), JSON.stringify({ ...two, memoryGiB: 64 }));

  const { status, stdout, stderr } = await dbtrfs(["plan", "db1.json", "--out", "out", "--diff"], { cwd });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  execaSync("patch", ["-p1", "--batch", "--fuzz=0"], { cwd: join(cwd, "out"), input: stdout });
  expect((await dbtrfs(["plan", "db1.json", "--out", "out", "--check"], { cwd })).status).toBe(0);
});

test("a file in the way that dbtrfs did not generate is refused, by every mode", async () => {
  const cwd = directoryWith(spec);
  await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd });
  writeFileSync(join(cwd, "out/configuration.nix"), "{ mine = true; }\n");
  const before = contentOf(cwd);
  for (const mode of [[], ["--check"], ["--diff"]]) {
    expect(await dbtrfs(["plan", "db1.json", "--out", "out", ...mode], { cwd })).toEqual({
      status: 3,
      stdout: "",
      stderr: lines(
        "error: out/configuration.nix",
        "  found:   a file that dbtrfs did not generate",
        "  allowed: nothing, or a file that dbtrfs generated",
        "  fix:     move it aside, or name another directory with --out; nothing was written",
      ),
    });
  }
  expect(contentOf(cwd)).toEqual(before);
});

test("another layout than the host was installed with exits 3, and --relayout writes it", async () => {
  const cwd = directoryWith(spec);
  const out = ["plan", "db1.json", "--out", "out"];
  await dbtrfs(out, { cwd });
  const before = contentOf(join(cwd, "out"));
  const disks = [{ ...spec.disks[0], device: "/dev/disk/by-id/nvme-B" }];
  writeFileSync(join(cwd, "db1.json"), JSON.stringify({ ...spec, disks }));

  expect(await dbtrfs(out, { cwd })).toEqual({
    status: 3,
    stdout: "",
    stderr: lines(
      "error: out/plan.json#/disks/0/device",
      '  found:   "/dev/disk/by-id/nvme-B"',
      '  allowed: "/dev/disk/by-id/nvme-A"',
      "  fix:     An installed host keeps its layout: mend the spec, or, for a host that will be formatted anew or changed by hand, write it with --relayout.",
    ),
  });
  expect(contentOf(join(cwd, "out"))).toEqual(before);
  expect((await dbtrfs([...out, "--relayout"], { cwd })).status).toBe(0);
  expect((await dbtrfs([...out, "--check"], { cwd })).status).toBe(0);
});

test("a profile's path with a NUL character is a mistake in the spec, not a bug", async () => {
  const cwd = directoryWith({
    ...spec,
    databases: [{ ...spec.databases[0], workload: { profile: "a\0b.json" } }],
  });
  const { status, stderr } = await dbtrfs(["plan", "db1.json"], { cwd });
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^error: db1\.json#\/databases\/0\/workload\/profile\n {2}found: {3}"a\\u0000b\.json"/,
  );
});

test("a mistake in the spec exits 2 with its pointer, and leaves the directory as it was", async () => {
  const cwd = directoryWith(spec);
  await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd });
  const before = contentOf(join(cwd, "out"));
  const [database] = spec.databases;
  writeFileSync(
    join(cwd, "db1.json"),
    JSON.stringify({ ...spec, databases: [{ ...database, engine: "postgres" }] }),
  );

  const { status, stdout, stderr } = await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^error: db1\.json#\/databases\/0\/engine\n {2}found: {3}"?postgres"?\n/);
  expect(contentOf(join(cwd, "out"))).toEqual(before);

  const json = await dbtrfs(["plan", "db1.json", "--json"], { cwd });
  expect(json).toMatchObject({ status: 2, stderr: "" });
  expect(JSON.parse(json.stdout).problems[0]).toMatchObject({
    file: "db1.json",
    pointer: "/databases/0/engine",
  });
});

test("an override that breaks an invariant exits 3, with a pointer into the spec", async () => {
  const [database] = spec.databases;
  const override = { settings: { full_page_writes: false } };
  const cwd = directoryWith({ ...spec, databases: [{ ...database, override }] });
  const { status, stdout, stderr } = await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd });
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toMatch(
    /^error: db1\.json#\/databases\/0\/override\/settings\/full_page_writes\n {2}found: {3}false\n/,
  );
  expect(Object.keys(contentOf(cwd))).toEqual(["db1.json"]);
});

test("a workload profile is read from beside the spec, wherever dbtrfs is run", async () => {
  const [database] = spec.databases;
  const cwd = directoryWith({
    ...spec,
    databases: [{ ...database, workload: { profile: "orders.profile.json" } }],
  });
  const missing = await dbtrfs(["plan", join(cwd, "db1.json")]);
  expect(missing).toMatchObject({ status: 2, stdout: "" });
  expect(missing.stderr).toContain(
    '#/databases/0/workload/profile\n  found:   "orders.profile.json": no such file\n',
  );

  const profile = { writeShare: 0.5, updateShare: 0.5, scanShare: 0.1 };
  writeFileSync(join(cwd, "orders.profile.json"), JSON.stringify({ profile }));
  expect(await dbtrfs(["plan", join(cwd, "db1.json")])).toMatchObject({ status: 0, stderr: "" });
});

test("a mistake in the evidence is named together with one in the spec", async () => {
  const cwd = directoryWith({ ...spec, memoryGiB: "plenty" });
  writeFileSync(join(cwd, "evidence.json"), "[]");
  const { status, stderr } = await dbtrfs(["plan", "db1.json", "--evidence", "evidence.json"], { cwd });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: db1\.json#\/memoryGiB$/m);
  expect(stderr).toMatch(/^error: evidence\.json/m);
});

test("schema prints the JSON Schema of a spec", async () => {
  const { status, stdout, stderr } = await dbtrfs(["schema"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ type: "object", properties: { host: expect.anything() } });
});
