import { execaSync } from "execa";
import { describe, expect, test } from "vitest";
import { inputs } from "../../offline-inputs.ts";
import { hasShellcheck, observed, unit } from "./observed.ts";

describe.skipIf(inputs === null)("members of clusters", () => {
  test("Patroni's unit waits for the mounts, the check and a finished restore, and finds the server's socket", () => {
    const patroni = unit("patroniMember", "patroni");
    expect(patroni.unitConfig.RequiresMountsFor).toContain("/var/lib/postgresql/data");
    expect(patroni.serviceConfig).toMatchObject({
      User: "postgres",
      StateDirectory: "patroni",
      TimeoutStopSec: "15min",
    });
    for (const before of ["dbtrfs-attributes-orders", "dbtrfs-restore-orders"])
      expect(unit("patroniMember", before).requiredBy).toContain("patroni.service");
    expect(observed("patroniMember").systemd.tmpfiles.settings["00-dbtrfs"]).toHaveProperty(
      "/run/postgresql",
    );
    expect(observed("patroniMember").systemd.services).not.toHaveProperty("postgresql");
  });

  test("what takes a snapshot under Patroni knows its server, and makes the link to the log relative first", () => {
    const { script, after, path } = unit("patroniMember", "dbtrfs-snapshot-orders");
    expect(script).toContain("realpath -m --relative-to");
    expect(script).toContain("data=/var/lib/postgresql/data/17");
    expect(after).toContain("patroni.service");
    expect(path).toContain("postgresql");
  });

  test("a base backup under Patroni finds its server, and Patroni lets it in", () => {
    const { patroni, postgresql } = observed("patroniBackup").services;
    expect(patroni.settings.postgresql).toMatchObject({
      pg_hba: ["local replication postgres peer"],
      parameters: { summarize_wal: true },
    });
    expect(postgresql).toEqual({ enable: false });
  });

  test("a replica is copied from the primary before PostgreSQL starts, and a primary is not", () => {
    const clone = unit("streamingReplica", "dbtrfs-clone-orders");
    expect(clone.requiredBy).toEqual(["postgresql.service"]);
    expect(clone.after).toContain("dbtrfs-attributes-orders.service");
    expect(clone.unitConfig.ConditionPathExists).toEqual([
      "|!/var/lib/postgresql/17/global/pg_control",
      "|/var/lib/postgresql/.dbtrfs-clone",
    ]);
    expect(clone.script).toContain("host=10.0.0.1 port=5432 user=replicator");
    expect(clone.script).toContain("wal=/var/lib/postgresql/wal/17");
    expect(observed("streamingPrimary").systemd.services).not.toHaveProperty("dbtrfs-clone-orders");
  });

  test("every member of streaming replication has a slot for each other, once it is the primary", () => {
    expect(unit("streamingPrimary", "dbtrfs-slots-orders").script).toContain("db2 db3");
    expect(unit("streamingReplica", "dbtrfs-slots-orders").script).toContain("db1 db3");
  });

  test("the replication user is made before a replica can confirm it", () => {
    expect(unit("streamingSynchronous", "postgresql-setup").environment.PGOPTIONS).toBe(
      "-c synchronous_commit=local",
    );
    expect(observed("streamingPrimary").systemd.services).not.toHaveProperty("postgresql-setup");
  });

  test("a replica of MySQL refuses administrators too, once its accounts are made", () => {
    const { serviceConfig, after } = unit("gtidReplica", "dbtrfs-read-only-shop");
    expect(after).toContain("mysql.service");
    expect(serviceConfig.ExecStart).toContain("super_read_only = ON");
  });

  test("what NixOS does once the server runs asks whether it is to be logged", () => {
    for (const [name, follows] of [
      ["gtidReplica", "yes"],
      ["gtidPrimary", "''"],
    ] as const) {
      const { environment, preStart } = unit(name, "mysql");
      expect(environment.MYSQL_HOME).toBe("/run/mysqld");
      expect(preStart).toContain(`follows=${follows}\n`);
    }
    expect(unit("galeraMember", "mysql").environment).not.toHaveProperty("MYSQL_HOME");
  });

  test("a member of Galera knows after a crash how far it came", () => {
    const { preStart } = unit("galeraMember", "mysql");
    expect(preStart).toContain("data=/var/lib/mysql/data");
    expect(preStart).toContain("--wsrep-recover");
  });

  test("the ports are open to the other members alone, whatever the firewall", () => {
    const { firewall } = observed("patroniMember");
    expect(firewall.extraCommands).toContain("-s 10.0.0.2 --dport 5432 -j nixos-fw-accept");
    expect(firewall.extraCommands).not.toContain("10.0.0.1");
    expect(observed("patroniBehindNftables").firewall).toEqual({
      extraCommands: "",
      extraInputRules: expect.stringContaining("ip saddr 10.0.0.3 tcp dport 8008 accept"),
    });
  });

  test.skipIf(!hasShellcheck).each([
    ["streamingReplica", "dbtrfs-clone-orders"],
    ["streamingReplica", "dbtrfs-slots-orders"],
    ["patroniMember", "dbtrfs-snapshot-orders"],
    ["galeraMember", "mysql"],
    ["gtidPrimary", "mysql"],
  ])("shellcheck finds nothing in %s, %s", (name, service) => {
    const { script, preStart } = unit(name, service);
    const { exitCode, stdout } = execaSync("shellcheck", ["--shell=bash", "-"], {
      input: script || preStart,
      reject: false,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
  });
});
