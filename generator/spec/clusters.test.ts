import { describe, expect, test } from "vitest";
import { clusterProblems } from "./cluster-problems.ts";
import { clusterView } from "./cluster-roles.ts";
import { mariadb, pointersOf, postgresql, problemsOf, specOf } from "./testing/specs.ts";

const three = [
  { name: "db1", address: "10.0.0.1" },
  { name: "db2", address: "10.0.0.2" },
  { name: "db3", address: "10.0.0.3" },
];
const mysql = { name: "shop", engine: "mysql", version: "8.4", sizeGiB: 100 };
const streaming = { kind: "postgresql-streaming", primary: "db1", members: three };
const patroni = { kind: "patroni", members: three };
const gtid = { kind: "gtid", primary: "db1", members: three };
const galera = { kind: "galera", members: three };

const withCluster = (cluster: object, database: object = postgresql) => ({
  databases: [{ ...database, cluster }],
});

describe("a host's part of a cluster is refused", () => {
  const cases: [string, object, string][] = [
    ["where the engine has no such cluster", withCluster(gtid), "/kind"],
    ["as Galera under MySQL", withCluster(galera, mysql), "/kind"],
    ["where the host is no member", { host: "web1", ...withCluster(patroni) }, "/members"],
    ["where its member is none", withCluster({ ...patroni, member: "db9" }), "/member"],
    ["without a primary", withCluster({ ...streaming, primary: undefined }), ""],
    ["with a primary that is no member", withCluster({ ...streaming, primary: "db9" }), "/primary"],
    ["with a primary under Patroni", withCluster({ ...patroni, primary: "db1" }), "/primary"],
    ["with etcd beside Patroni's", withCluster({ ...streaming, etcd: ["10.0.0.4:2379"] }), "/etcd"],
    ["with etcd on two members", withCluster({ ...patroni, members: three.slice(0, 2) }), "/members"],
    ["as Galera of two", withCluster({ ...galera, members: three.slice(0, 2) }, mariadb), "/members"],
    [
      "with a choice that Galera has not",
      withCluster({ ...galera, synchronous: false }, mariadb),
      "/synchronous",
    ],
    [
      "with one address twice",
      withCluster({ ...patroni, members: [...three, { name: "db4", address: "10.0.0.3" }] }),
      "/members/3/address",
    ],
    [
      "with names that one slot would serve",
      withCluster({ ...patroni, members: [...three, { name: "db3", address: "10.0.0.4" }] }),
      "/members/3/name",
    ],
    [
      "with an address that is no host's",
      withCluster({ ...patroni, members: [...three, { name: "db4", address: "127.0.0.1" }] }),
      "/members/3/address",
    ],
    [
      "with a name in an address's place",
      withCluster({ ...patroni, members: [...three, { name: "db4", address: "db4.example.org" }] }),
      "/members/3/address",
    ],
  ];
  test.each(cases)("%s", (_, fields, pointer) => {
    expect(pointersOf(fields)).toEqual([`/databases/0/cluster${pointer}`]);
  });

  test("with the reason", () => {
    expect(problemsOf(withCluster(galera, mysql))[0]?.fix).toContain("MariaDB only");
  });
});

test.each([
  ["streaming", withCluster(streaming)],
  ["Patroni", withCluster(patroni)],
  [
    "Patroni of two with etcd elsewhere",
    withCluster({ ...patroni, members: three.slice(0, 2), etcd: ["10.0.0.4:2379"] }),
  ],
  ["GTID of MySQL", withCluster(gtid, mysql)],
  ["GTID of MariaDB", withCluster(gtid, mariadb)],
  ["Galera", withCluster(galera, mariadb)],
])("%s is fine", (_, fields) => {
  expect(pointersOf(fields)).toEqual([]);
});

const view = (fields: object) => {
  const spec = specOf(fields);
  const [database] = spec.databases;
  return database && clusterView(spec, database);
};

test("a host finds itself by its name, and its role by the primary's", () => {
  expect(view({ host: "db2", ...withCluster(streaming) })).toMatchObject({
    name: "orders",
    self: { name: "db2", role: "replica" },
    primary: { name: "db1", address: "10.0.0.1" },
    synchronous: false,
    etcd: null,
  });
});

test("etcd runs on an odd number of members, or where it is said to", () => {
  const six = Array.from({ length: 6 }, (_, n) => ({ name: `db${n + 1}`, address: `10.0.0.${n + 1}` }));
  const names = (members: object[]) =>
    view(withCluster({ ...patroni, members }))?.etcd?.members.map((m) => m.name);
  expect(names(six.slice(0, 4))).toEqual(["db1", "db2", "db3"]);
  expect(names(six)).toEqual(["db1", "db2", "db3", "db4", "db5"]);
  expect(view(withCluster({ ...patroni, etcd: ["10.0.0.9:2379"] }))?.etcd).toEqual({
    endpoints: ["10.0.0.9:2379"],
    members: [],
  });
});

describe("hosts of one cluster", () => {
  const host = (
    name: string,
    cluster: object = streaming,
    database: object = postgresql,
    fields: object = {},
  ) => ({
    file: `${name}.json`,
    spec: specOf({ host: name, cpus: 8, ...withCluster(cluster, database), ...fields }),
  });
  const pointers = (...hosts: ReturnType<typeof host>[]) =>
    clusterProblems(hosts).map(({ file, pointer }) => `${file}#${pointer}`);

  test("that agree have no problem", () => {
    expect(pointers(host("db1"), host("db2"), host("db3"))).toEqual([]);
    expect(pointers(host("db1"), host("db2", streaming, { ...postgresql, version: "17.6" }))).toEqual([]);
  });

  test.each([
    ["on the primary", host("db2", { ...streaming, primary: "db2" }), "/cluster/primary"],
    ["on the members", host("db2", { ...streaming, members: three.slice(0, 2) }), "/cluster/members"],
    ["on the kind", host("db2", { ...patroni, synchronous: undefined }), "/cluster/kind"],
    ["on what a commit is worth", host("db2", { ...streaming, synchronous: true }), "/cluster/synchronous"],
    ["on the series", host("db2", streaming, { ...postgresql, version: "16" }), "/version"],
    ["on connections", host("db2", streaming, { ...postgresql, connections: 20 }), "/connections"],
  ])("that differ %s are told", (_, other, pointer) => {
    expect(pointers(host("db1"), other)).toContain(`db2.json#/databases/0${pointer}`);
  });

  test("a smaller standby is told: it would not start", () => {
    expect(pointers(host("db1"), host("db2", streaming, postgresql, { cpus: 4 }))).toEqual([
      "db2.json#/databases/0",
    ]);
  });

  test("that are one member are told", () => {
    expect(pointers(host("db1"), host("other", { ...streaming, member: "db1" }))).toEqual([
      "other.json#/databases/0/cluster/member",
    ]);
  });

  test("of different clusters with one address are told", () => {
    const second = {
      ...streaming,
      name: "second",
      primary: "x1",
      members: three.map((m, n) => ({ ...m, name: `x${n + 1}` })),
    };
    expect(pointers(host("db1"), host("x1", second))).toEqual(["x1.json#/databases/0/cluster/members"]);
  });
});
