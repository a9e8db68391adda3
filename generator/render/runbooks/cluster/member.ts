import type { PlannedCluster, PlannedDatabase } from "../../../plan/types.ts";

/** A database that is a member of a cluster. */
export type Member = PlannedDatabase & { readonly cluster: PlannedCluster };

export const isMember = (database: PlannedDatabase): database is Member => database.cluster !== null;
