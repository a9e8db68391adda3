import type { PlannedCluster } from "../../plan/types.ts";
import { comment, type NixValue, ref } from "../nix/expr.ts";
import { addressesOf, othersOf, selfOf } from "./members.ts";

const replicationUser = "replicator";

/** What services.postgresql has besides, as a member of a cluster with fixed roles. */
export const streamingPart = (cluster: PlannedCluster | null): Record<string, NixValue> => {
  if (cluster?.kind !== "postgresql-streaming") return {};
  const lines = othersOf(cluster).map(
    ({ address }) => `host replication ${replicationUser} ${address}/32 scram-sha-256\n`,
  );
  return {
    enableTCPIP: true,
    authentication: comment("The other members, whichever is the primary.", lines.join("")),
    ...(cluster.role === "primary"
      ? {
          ensureUsers: comment("Its password is yours to set: see REPORT.md.", [
            { name: replicationUser, ensureClauses: { login: true, replication: true } },
          ]),
        }
      : {}),
  };
};

/** What services.mysql has besides, as a member of Galera. */
export const galeraPart = (cluster: PlannedCluster | null): Record<string, NixValue> =>
  cluster?.kind !== "galera"
    ? {}
    : {
        galeraCluster: {
          enable: true,
          package: ref("pkgs.mariadb-galera"),
          name: cluster.name,
          localName: cluster.member,
          localAddress: selfOf(cluster).address,
          nodeAddresses: addressesOf(cluster),
          sstMethod: comment(
            "The donor goes on meanwhile, and the transfer keeps the directories.",
            "mariabackup",
          ),
        },
      };

/** The options of the [galera] group that NixOS leaves to us. */
export const galeraOptions = (cluster: PlannedCluster | null): Record<string, NixValue> => {
  if (!cluster?.gcache) return {};
  const { directory, sizeMiB } = cluster.gcache;
  return {
    galera: {
      wsrep_provider_options: comment(
        "Beside the log, not among the tables; what members missed comes out of it.",
        `gcache.dir=${directory};gcache.size=${sizeMiB}M`,
      ),
      wsrep_sst_auth: comment(
        "By the account's socket: NixOS's default is a password in its source.",
        "mysql:",
      ),
    },
  };
};
