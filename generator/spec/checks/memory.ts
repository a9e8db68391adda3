import type { Finding } from "../finding.ts";
import { trueMemoryShares } from "../memory-shares.ts";
import type { Engine, Spec } from "../schema.ts";
import type { Check } from "./check-spec.ts";

/** The system needs some of it too. */
const systemShareGiB = 0.5;

/**
 * The least memory that a server works with, in GiB: estimates, from the smallest buffer pool (128 MiB by default)
 * and what connections and the server itself take. SQLite has no server.
 */
const least: Readonly<Record<Engine, { readonly given: number; readonly shared: number }>> = {
  postgresql: { given: 0.125, shared: 0.25 },
  mysql: { given: 0.5, shared: 0.5 },
  mariadb: { given: 0.5, shared: 0.5 },
  sqlite: { given: 0, shared: 0 },
};

const round = (gib: number) => Math.round(gib * 100) / 100;

const smallServers = (spec: Spec): Finding[] => {
  const shares = trueMemoryShares(spec);
  return spec.databases.flatMap(({ engine, memoryGiB }, index) => {
    const share = shares[index] ?? 0;
    const { given, shared } = least[engine];
    if (share >= (memoryGiB === undefined ? shared : given)) return [];
    return [
      {
        path: memoryGiB === undefined ? ["databases", index] : ["databases", index, "memoryGiB"],
        found: `${round(share)} GiB of memory for a ${engine} server`,
        allowed: `at least ${memoryGiB === undefined ? shared : given} GiB`,
        fix: "The host needs more memory or fewer servers.",
      },
    ];
  });
};

export const memoryChecks: Check = (spec) => {
  const asked = spec.databases.reduce((sum, database) => sum + (database.memoryGiB ?? 0), 0);
  const room = spec.memoryGiB - systemShareGiB;
  if (asked <= room) return smallServers(spec);
  return [
    {
      path: ["databases"],
      found: `${asked} GiB of memory asked for by the databases together`,
      allowed: `at most ${room} GiB: the host has ${spec.memoryGiB} and the system needs ${systemShareGiB}`,
      fix: "Lower memoryGiB of the databases, or leave it out: the servers then share what there is.",
    },
  ];
};
