import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan } from "../generator/plan/types.ts";
import { safetyMatrix } from "../generator/render/report/safety.ts";
import { commandsOf, type Runbook } from "../generator/render/runbooks/runbook.ts";
import { runbooksOf } from "../generator/render/runbooks/runbooks-of.ts";
import { parseBackupTarget } from "../generator/spec/backup-target.ts";
import { countedRunbooks, runbookCountsPage } from "./docs/runbook-counts.ts";
import { fixtureNames, loadFixture } from "./fixtures.ts";

const plans: readonly (readonly [string, Plan])[] = fixtureNames.map((name) => [
  name,
  loadFixture(name).plan,
]);

const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));

/** As it reads in the runbook's file: everything that a reader sees. */
const wordsOf = (runbook: Runbook): string => JSON.stringify(runbook);

const named = (plan: Plan, id: string): Runbook => {
  const found = runbooksOf(plan).find((runbook) => runbook.id === id);
  if (found === undefined) throw new Error(`no runbook ${id}`);
  return found;
};

const planOf = (fixture: string): Plan => loadFixture(fixture).plan;

/** Writes every block of a plan as a script of its own and runs a checker over all. */
const checked = (plan: Plan, program: string, args: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), "dbtrfs-runbooks-"));
  try {
    const files = runbooksOf(plan).flatMap((runbook) =>
      commandsOf(runbook).map(({ id, commands }) => {
        const file = join(folder, `${runbook.id}.${id}.sh`);
        writeFileSync(file, `#!/bin/bash\n${commands}\n`);
        return file;
      }),
    );
    const one = (file: string): string => {
      try {
        return execFileSync(program, [...args, file], { encoding: "utf8", stdio: "pipe" });
      } catch (error) {
        const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
        return `${file}:\n${stdout}${stderr}`;
      }
    };
    return program === "shellcheck" ? all(program, [...args, ...files]) : files.map(one).join("");
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const all = (program: string, args: readonly string[]): string => {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
};

describe.each(plans)("the runbooks of %s", (_name, plan) => {
  test("are found by their names, and so are their blocks", () => {
    const runbooks = runbooksOf(plan);
    expect(new Set(runbooks.map(({ id }) => id)).size).toBe(runbooks.length);
    for (const runbook of runbooks) {
      const ids = commandsOf(runbook).map(({ id }) => id);
      expect(new Set(ids).size, runbook.id).toBe(ids.length);
    }
  });

  test("have commands that bash can read", () => {
    expect(checked(plan, "bash", ["-n"])).toBe("");
  });

  test.skipIf(!isInstalled("shellcheck"))("pass shellcheck", () => {
    // SC2164: a cd that fails ends a block that is run as a whole. SC2029: a name that ssh passes on is of this side.
    expect(checked(plan, "shellcheck", ["--shell=bash", "--exclude=SC2164,SC2029"])).toBe("");
  });

  test("name no unit, mount or device that the plan does not have", () => {
    const commands = runbooksOf(plan)
      .flatMap(commandsOf)
      .map((block) => block.commands)
      .join("\n");
    const devices = [...commands.matchAll(/\/dev\/disk\/by-(?:id|partlabel)\/[\w.+:@#=-]+/g)].map(
      ([path]) => path,
    );
    for (const device of new Set(devices)) expect(knownDevices(plan), device).toContain(device);
    const paths = [...commands.matchAll(/(?<=[\s="'])\/(?:var|srv|mnt|boot|home)[\w./+@-]*/g)].map(
      ([path]) => path,
    );
    const astray = [...new Set(paths)].filter(
      (path) =>
        !knownPaths(plan).some(
          (one) => path === one || path.startsWith(`${one}/`) || path.startsWith(`${one}.`),
        ),
    );
    expect(astray).toEqual([]);
    const units = [
      ...commands.matchAll(/systemctl (?:start|stop|restart|reset-failed) ([\w@. -]+)/g),
    ].flatMap(([, list]) =>
      (list ?? "")
        .trim()
        .split(" ")
        .map((unit) => unit.replace(/\.service$/, "")),
    );
    const strange = [...new Set(units)].filter((unit) => !knownUnits(plan).some((known) => known.test(unit)));
    expect(strange).toEqual([]);
  });

  test("say what the safety matrix says", () => {
    const text = runbooksOf(plan).map(wordsOf).join("\n");
    for (const database of plan.databases)
      for (const { trouble, lost } of safetyMatrix(plan, database))
        if (!trouble.includes("fails"))
          expect(text, trouble).toContain(JSON.stringify(lost.text).slice(1, -1));
  });
});

const knownDevices = (plan: Plan): string[] => [
  ...plan.disks.map(({ device }) => device),
  ...plan.disks.flatMap(({ partitions }) => partitions.map(({ label }) => `/dev/disk/by-partlabel/${label}`)),
  // Filled in by the reader.
  "/dev/disk/by-id/NEW-DISK",
  "/dev/disk/by-id/SPARE",
];

const knownPaths = (plan: Plan): string[] =>
  [
    ...plan.filesystems.flatMap(({ subvolumes, snapshotDirectory }) => [
      ...subvolumes.map(({ mountPoint }) => mountPoint).filter((path) => path !== "/"),
      ...(snapshotDirectory === null ? [] : [snapshotDirectory]),
    ]),
    ...plan.databases.flatMap(({ mountPoint, dataDirectory, backup }) => [
      mountPoint,
      dataDirectory,
      ...(backup === null ? [] : [parseBackupTarget(backup.target).path]),
      // Beside the target, on its disk.
      ...(backup === null ? [] : [parseBackupTarget(backup.target).path.replace(/\/[^/]*$/, "")]),
    ]),
    ...plan.system.bootMountPoints,
    "/var/lib/dbtrfs",
    // For the time of a command.
    "/mnt",
    "/var/tmp",
  ].filter((path) => path !== "");

const knownUnits = (plan: Plan): RegExp[] => [
  ...plan.databases.flatMap(({ cluster }) => (cluster?.etcd?.members.includes(plan.host) ? [/^etcd$/] : [])),
  ...plan.databases.flatMap(({ name, units }) => [
    ...units.map((unit) => new RegExp(`^${unit}$`)),
    new RegExp(`^dbtrfs-(snapshot|drill|binlog|backup|slots|clone)-${name}(-full|-incremental)?(\\.timer)?$`),
    new RegExp(`^restored-${name}$`),
  ]),
  /^(pgbackrest-default-(full|incremental)|postgresqlBackup|litestream)(\.timer)?$/,
];

test("only a host with a mirror is told how to replace a disk of one", () => {
  expect(() => named(planOf("postgresql-oltp"), "recover-disk-lost")).toThrow("no runbook");
  const commands = commandsOf(named(planOf("mirror-integrity"), "recover-disk-lost"));
  const replace = commands.find(({ id }) => id === "replace-registry-disk1")?.commands;
  expect(replace).toContain("mount -o degraded,subvol=/ /dev/disk/by-partlabel/registry-disk2-main");
  expect(replace).toContain('btrfs replace start -B "$missing" /dev/disk/by-partlabel/registry-disk1-main');
});

test("a bad block of a mirror is repaired by it, of a single disk from a copy, and of NOCOW files found by the server", () => {
  const blocksOf = (fixture: string) =>
    commandsOf(named(planOf(fixture), "recover-bad-block")).map(({ id }) => id);
  expect(blocksOf("mirror-integrity")).not.toContain("beside-registry");
  expect(blocksOf("postgresql-oltp")).toContain("beside-orders");
  const nocow = commandsOf(named(planOf("data-disks-only"), "recover-bad-block"));
  expect(nocow.find(({ id }) => id === "find-files")?.commands).toContain("journalctl");
});

test("a moment is asked for where a log leads to it; else the snapshot before it is taken", () => {
  const command = (fixture: string, id: string) =>
    commandsOf(named(planOf(fixture), "recover-dropped-table")).find((block) => block.id === id)?.commands;
  expect(command("mysql-oltp", "beside-shop")).toContain('--until "YYYY-MM-DD HH:MM:SS"');
  expect(command("sqlite-many", "beside-tenants")).toContain('--at "YYYY-MM-DD HH:MM:SS"');
});

test("the page that MySQL does not restore is restored by the runbook; MariaDB restores it", () => {
  const [mysql, mariadb] = ["mysql-oltp", "mariadb-mixed-binlog"].map((fixture) =>
    named(planOf(fixture), "recover-will-not-start"),
  );
  const mends = (runbook: Runbook | undefined) =>
    runbook && commandsOf(runbook).filter(({ commands }) => commands.includes("dbtrfs-mend"));
  expect(mends(mysql)).toMatchObject([
    { commands: expect.stringMatching(/^systemctl stop mysql\ndbtrfs-mend/) },
  ]);
  expect(mysql && wordsOf(mysql)).toContain("page number=5");
  expect(mends(mariadb)).toEqual([]);
  expect(mariadb && wordsOf(mariadb)).not.toContain("page number=5");
});

test("a directory below another planned one is not deleted with its contents", () => {
  const empty = commandsOf(named(planOf("mysql-oltp"), "restore-shop-backup")).find(
    ({ id }) => id === "empty",
  );
  expect(empty?.commands).toContain(
    "find /var/lib/mysql/log -mindepth 1 ! -path /var/lib/mysql/log/redo ! -path '/var/lib/mysql/log/redo/*'",
  );
});

test("every alert that has a runbook names one of the host's", () => {
  for (const [name, plan] of plans) {
    const ids = runbooksOf(plan).map(({ id }) => id);
    const rules = loadFixture(name).files.find(({ path }) => path === "monitoring/rules.yml")?.text ?? "";
    const links = [...rules.matchAll(/runbook: "?runbooks\/([\w-]+)\.md/g)].map(([, id]) => id ?? "");
    expect(links.length).toBeGreaterThan(0);
    for (const id of links) expect(ids).toContain(id);
  }
});

test("a runbook with commands that are not marked is followed by a scenario", () => {
  const alone = countedRunbooks().filter(
    ({ blocks, scenario }) => scenario === undefined && blocks.some(({ untried }) => untried === undefined),
  );
  expect(alone.map(({ kind }) => kind)).toEqual([]);
});

test("each block of a cluster's runbook that is not marked is called by its scenario", () => {
  const clusters = countedRunbooks().filter(({ kind }) => kind.startsWith("cluster-"));
  expect(clusters.map(({ kind }) => kind)).toContain("cluster-NAME, patroni");
  for (const { blocks, scenario } of clusters) {
    const source = scenario && readFileSync(join(import.meta.dirname, "scenarios", `${scenario}.py`), "utf8");
    for (const { id, untried } of blocks)
      expect([id, untried !== undefined || source?.includes(`"${id}"`)]).toEqual([id, true]);
  }
});

test("docs/testing.md counts the blocks of today; `npm run update-docs` writes it anew", () => {
  const { path, text } = runbookCountsPage();
  expect(readFileSync(join(import.meta.dirname, "..", path), "utf8")).toBe(text);
});
