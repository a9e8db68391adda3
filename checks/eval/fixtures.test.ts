import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import type { Directory, PlannedDatabase, PlannedSetting } from "../../generator/plan/types.ts";
import { atLeast, parseVersion } from "../../generator/version.ts";
import { fixtureNames, loadFixture } from "../fixtures.ts";
import { inputs, nixEval } from "../offline-inputs.ts";
import type { Evaluated } from "./evaluated.ts";

const evaluateAll = `{ lib, disko, repository, args }:
  let eval = import (repository + "/checks/eval") { inherit lib disko; };
  in lib.genAttrs args (name: eval.evalConfig (repository + "/checks/fixtures/\${name}/expected"))`;

const packages = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "contract", "packages.json"), "utf8"),
).packages as Readonly<Record<string, { version: string }>>;

const versionOf = (database: PlannedDatabase) => packages[database.package ?? ""]?.version ?? "0";

/** What a setting comes to: gated ones only where the package is new enough. */
const inForce = (database: PlannedDatabase, setting: PlannedSetting) =>
  setting.packageVersion === null || atLeast(parseVersion(versionOf(database)), setting.packageVersion);

const settingsOf = (database: PlannedDatabase) =>
  Object.fromEntries(database.settings.filter((s) => inForce(database, s)).map((s) => [s.name, s.value]));

describe.skipIf(inputs === null)("every fixture evaluates with disko and the contract", () => {
  let all: Readonly<Record<string, Evaluated>>;

  beforeAll(async () => {
    all = (await nixEval(evaluateAll, fixtureNames)) as typeof all;
  });

  describe.each(fixtureNames)("%s", (name) => {
    const { plan } = loadFixture(name);
    const databases = plan.databases.map((database) => [database.name, database] as const);
    const evaluated = () => all[name] as Evaluated;

    test("no assertion fails, and the plan's warnings are shown at every rebuild", () => {
      expect(evaluated().failedAssertions).toEqual([]);
      for (const database of plan.databases) {
        const ours = plan.warnings.filter((warning) => warning.startsWith(`${database.name}: `));
        for (const warning of ours) {
          expect(evaluated().warnings.join("\n")).toContain(warning.slice(database.name.length + 2));
        }
      }
    });

    test.each(databases)("%s: the server has the planned package, directory and settings", (_, database) => {
      if (database.engine === "sqlite") return;
      const { postgresql, mysql } = evaluated().services;
      if (database.cluster?.kind === "patroni") return;
      const server = database.engine === "postgresql" ? postgresql : mysql;
      expect(server).toMatchObject({ enable: true, dataDir: database.dataDirectory });
      expect(server.package).toMatch(new RegExp(`-${versionOf(database)}$`));
      const settings = database.engine === "postgresql" ? postgresql.settings : mysql.settings?.mysqld;
      expect(settings).toMatchObject(settingsOf(database));
      if (database.engine === "postgresql") {
        // services.pgbackrest adds one of its own.
        const ofBackup = database.backup?.method === "pgbackrest" ? ["--allow-group-access"] : [];
        expect(postgresql.initdbArgs).toEqual([
          ...database.initArguments.map((a) => a.argument),
          ...ofBackup,
        ]);
      }
    });

    test.each(databases.filter(([, { cluster }]) => cluster?.kind === "patroni"))(
      "%s: Patroni has the planned package, directories and settings, and PostgreSQL is not started beside it",
      (_, database) => {
        const { postgresql, patroni } = evaluated().services;
        const { cluster } = database;
        expect(postgresql).toEqual({ enable: false });
        expect(patroni).toMatchObject({
          enable: true,
          user: database.user,
          postgresqlDataDir: database.dataDirectory,
          name: cluster?.member,
        });
        expect(patroni.postgresqlPackage).toMatch(new RegExp(`-${versionOf(database)}$`));
        const { bootstrap, postgresql: local } = patroni.settings ?? {};
        expect({ ...bootstrap?.dcs.postgresql.parameters, ...local?.parameters }).toMatchObject(
          settingsOf(database),
        );
        expect(bootstrap?.dcs.synchronous_mode).toBe(cluster?.synchronous);
        const words = bootstrap?.initdb.map((word) =>
          typeof word === "string"
            ? `--${word}`
            : Object.entries(word).map(([name, value]) => `--${name}=${value}`)[0],
        );
        expect(words).toEqual(database.initArguments.map((a) => a.argument));
      },
    );

    test.each(databases.filter(([, { cluster }]) => cluster !== null))(
      "%s: the firewall lets the other members in, and no secret is in the configuration",
      (_, { cluster }) => {
        const opened = cluster?.kind === "galera" ? [] : (cluster?.ports ?? []);
        const rules = evaluated()
          .firewall.extraCommands.split("\n")
          .filter((line) => line !== "");
        const others = cluster?.members.filter(({ name }) => name !== cluster.member) ?? [];
        expect(rules).toHaveLength(others.length * opened.length);
        for (const { address } of others)
          for (const port of opened) expect(rules.join("\n")).toContain(`-s ${address} --dport ${port} `);
        expect(JSON.stringify(evaluated().services)).not.toMatch(/password=|PASSWORD'/);
      },
    );

    test("every subvolume and log filesystem is mounted as planned", () => {
      const { fileSystems } = evaluated();
      for (const filesystem of plan.filesystems) {
        for (const subvolume of filesystem.subvolumes) {
          expect(fileSystems[subvolume.mountPoint]).toMatchObject({
            device: filesystem.devices.at(-1),
            fsType: "btrfs",
            options: [...subvolume.mountOptions, `subvol=${subvolume.name}`],
          });
        }
      }
      for (const log of plan.logFilesystems) {
        expect(fileSystems[log.mountPoint]).toMatchObject({
          device: log.device,
          fsType: "xfs",
          options: log.mountOptions,
        });
      }
    });

    test.each(databases)("%s: tmpfiles gives every directory its owner, mode and flag", (_, database) => {
      const rules = evaluated().systemd.tmpfiles.settings["00-dbtrfs"] ?? {};
      for (const directory of database.directories) {
        expect(rules[directory.path]?.d).toMatchObject({
          user: directory.user,
          group: directory.group,
          mode: directory.mode,
        });
        expect(rules[directory.path]?.h?.argument).toBe(directory.noCow ? "+C" : undefined);
      }
    });

    test.each(databases)(
      "%s: its units may write there and wait for the mounts and the check",
      (_, database) => {
        for (const unit of database.units) {
          const service = evaluated().systemd.services[unit];
          const paths = database.directories.map((d: Directory) => d.path);
          expect(service?.serviceConfig.ReadWritePaths).toEqual(expect.arrayContaining(paths));
          expect(service?.unitConfig.RequiresMountsFor).toEqual(expect.arrayContaining(paths));
          expect(evaluated().systemd.services[`dbtrfs-attributes-${database.name}`]?.requiredBy).toContain(
            `${unit}.service`,
          );
        }
      },
    );

    test("a PostgreSQL log beside the data is linked relatively, so that a snapshot leads to its own", () => {
      const beside = plan.databases.some(
        (d) => d.engine === "postgresql" && d.directories.some((directory) => directory.component === "log"),
      );
      const { postgresql, patroni } = evaluated().systemd.services;
      const preStart = `${postgresql?.preStart ?? ""}${patroni?.preStart ?? ""}`;
      expect(preStart.includes("realpath -m --relative-to")).toBe(beside);
    });

    test.each(databases)("%s: btrbk makes the planned snapshots, or none", (_, database) => {
      const instance = evaluated().services.btrbk.instances[`dbtrfs-${database.name}`];
      expect(instance?.settings.snapshot_preserve).toBe(database.snapshots?.keep);
    });

    test.each(databases)(
      "%s: a unit makes the planned backup and writes it down, or there is none",
      (_, database) => {
        const recorded = Object.entries(evaluated().systemd.services).filter(([, unit]) =>
          [unit.serviceConfig.ExecStartPost ?? []]
            .flat()
            .some((command) => String(command).includes(`dbtrfs-succeeded backup ${database.name} `)),
        );
        const { backup } = database;
        const runs = backup === null ? [] : [backup.full, backup.incremental].filter((run) => run !== null);
        const follows = backup?.method === "btrbk-send" ? 1 : 0;
        expect(recorded.map(([name]) => name)).toHaveLength(runs.length + follows);
        for (const [name] of recorded.slice(follows))
          expect(runs).toContain([evaluated().systemd.timers[name]?.timerConfig.OnCalendar].flat()[0]);
      },
    );

    test("one scrub for each filesystem", () => {
      expect(evaluated().services.btrfs.autoScrub).toMatchObject({
        enable: true,
        interval: plan.scrub.interval,
        fileSystems: plan.scrub.mountPoints,
      });
    });

    test("disko formats with the planned options, in a script that bash can parse", async () => {
      const { create, mount } = evaluated().disko;
      for (const filesystem of plan.filesystems) {
        const device = filesystem.devices.at(-1);
        const options = `--data ${filesystem.dataProfile} --metadata ${filesystem.metadataProfile} --nodesize ${filesystem.nodesize} --checksum ${filesystem.checksum}`;
        expect(create).toContain(`mkfs.btrfs "${device}" --label ${filesystem.label} ${options}`);
        expect(mount).toContain(`mount "${device}"`);
      }
      for (const script of [create, mount])
        expect((await execa("bash", ["-n"], { input: script })).stderr).toBe("");
    });

    test("the hook prepares every Btrfs directory with its flags", () => {
      for (const database of plan.databases) {
        for (const directory of database.directories.filter((d) => d.filesystem === "btrfs")) {
          const below = directory.path.slice(database.mountPoint.length);
          const flags = `'${directory.noCow ? "nocow" : "cow"}' '${directory.compression ?? "none"}'`;
          expect(evaluated().disko.create).toContain(`prepare '@db-${database.name}${below}' ${flags}`);
        }
      }
    });

    test("boots from these disks only where the root is here", () => {
      const { loader } = evaluated().boot;
      expect(loader["systemd-boot"].enable).toBe(plan.system.bootloader === "systemd-boot");
      const mirrored = loader.grub.mirroredBoots.map(({ path }) => path);
      expect(mirrored).toEqual(plan.system.bootMountPoints.length > 1 ? plan.system.bootMountPoints : []);
    });
  });
});
