import type { ClusterKind, ClusterSpec } from "../cluster.ts";
import { clusterOf, hasFixedRoles, memberName, slotName } from "../cluster-roles.ts";
import type { Finding } from "../finding.ts";
import type { Engine, Spec } from "../schema.ts";
import type { Check } from "./check-spec.ts";

type Said = Pick<Finding, "found" | "allowed" | "fix"> & { readonly at: readonly (string | number)[] };
type Rule = (cluster: ClusterSpec, spec: Spec, engine: Engine) => Said[];

const enginesOf: Readonly<Record<ClusterKind, readonly Engine[]>> = {
  "postgresql-streaming": ["postgresql"],
  patroni: ["postgresql"],
  gtid: ["mysql", "mariadb"],
  // services.mysql.galeraCluster asserts that the package is MariaDB's.
  galera: ["mariadb"],
};

const kindFits: Rule = ({ kind }, _, engine) => {
  const allowed = Object.entries(enginesOf).flatMap(([name, engines]) =>
    engines.includes(engine) ? [name] : [],
  );
  if (allowed.includes(kind)) return [];
  const fix =
    kind === "galera"
      ? "NixOS has Galera for MariaDB only: choose gtid, or MariaDB."
      : "Choose one of these.";
  return [{ at: ["kind"], found: `"${kind}" for ${engine}`, allowed: allowed.join(", "), fix }];
};

const isMember: Rule = (cluster, { host }) => {
  const name = memberName(cluster, host);
  const names = cluster.members.map((member) => member.name);
  if (names.includes(name)) return [];
  return [
    {
      at: cluster.member === undefined ? ["members"] : ["member"],
      found: cluster.member === undefined ? `no member named like the host, "${name}"` : `"${name}"`,
      allowed: names.join(", "),
      fix: "Say in `member` which of the members this host is.",
    },
  ];
};

const repeated =
  (key: "name" | "address", value: (text: string) => string, of: string): Rule =>
  ({ members }) => {
    const values = members.map((member) => value(member[key]));
    return values.flatMap((one, index) =>
      values.indexOf(one) < index
        ? [
            {
              at: ["members", index, key],
              found: `"${members[index]?.[key]}", which another member has already`,
              allowed: `${of} of its own for every member`,
              fix: "Correct one of the two.",
            },
          ]
        : [],
    );
  };

const primary: Rule = ({ kind, primary, members }) => {
  const names = members.map(({ name }) => name);
  if (!hasFixedRoles(kind)) {
    const why = kind === "patroni" ? "Patroni elects it" : "every member of Galera takes writes";
    return primary === undefined
      ? []
      : [
          {
            at: ["primary"],
            found: `"${primary}"`,
            allowed: `nothing for ${kind}: ${why}`,
            fix: "Remove it.",
          },
        ];
  }
  if (primary !== undefined && names.includes(primary)) return [];
  return [
    {
      at: primary === undefined ? [] : ["primary"],
      found: primary === undefined ? "no primary" : `"${primary}"`,
      allowed: names.join(", "),
      fix: "Name the member that takes writes: two of them would take different ones.",
    },
  ];
};

const onlyPatroniHasEtcd: Rule = ({ kind, etcd }) =>
  etcd === undefined || kind === "patroni"
    ? []
    : [
        {
          at: ["etcd"],
          found: "etcd",
          allowed: `nothing for ${kind}`,
          fix: "Remove it: only Patroni uses etcd.",
        },
      ];

const galeraIsSynchronous: Rule = ({ kind, synchronous }) =>
  kind !== "galera" || synchronous === undefined
    ? []
    : [
        {
          at: ["synchronous"],
          found: String(synchronous),
          allowed: "nothing for galera",
          fix: "Remove it: Galera certifies every commit on all members, and nothing turns that off.",
        },
      ];

const copiesFollowRoles: Rule = ({ kind, copies }) =>
  copies === undefined || hasFixedRoles(kind)
    ? []
    : [
        {
          at: ["copies"],
          found: `"${copies}"`,
          allowed: "nothing where roles are not fixed",
          fix: `Remove it: ${kind === "patroni" ? "under Patroni every member takes snapshots" : "of Galera one member does"}.`,
        },
      ];

/** Half of an even number is no majority: two members stop when either is lost. */
const hasMajority: Rule = ({ kind, members, etcd }) => {
  const few = members.length < 3;
  if (kind === "galera" && few)
    return [
      {
        at: ["members"],
        found: `${members.length} members`,
        allowed: "at least 3: with two, the loss of either stops the other",
        fix: "Add a third member.",
      },
    ];
  if (kind === "patroni" && etcd === undefined && few)
    return [
      {
        at: ["members"],
        found: `${members.length} members, and etcd on them`,
        allowed: "at least 3 members, or etcd elsewhere: with two, the loss of either stops the other",
        fix: "Add a third member, or name in `etcd` where it runs.",
      },
    ];
  return [];
};

const rules: readonly Rule[] = [
  kindFits,
  isMember,
  repeated("name", slotName, "a name"),
  repeated("address", (address) => address, "an address"),
  primary,
  onlyPatroniHasEtcd,
  galeraIsSynchronous,
  copiesFollowRoles,
  hasMajority,
];

/** What a cluster must have and cannot have, as far as one host's spec shows it. */
export const clusterChecks: Check = (spec) =>
  spec.databases.flatMap((database, index) => {
    const cluster = clusterOf(database);
    if (cluster === null) return [];
    return rules.flatMap((rule) =>
      rule(cluster, spec, database.engine).map(({ at, ...said }) => ({
        path: ["databases", index, "cluster", ...at],
        ...said,
      })),
    );
  });
