import type { PlannedCluster, PlannedMember } from "../../plan/types.ts";

export const selfOf = ({ members, member }: PlannedCluster): PlannedMember => {
  const self = members.find(({ name }) => name === member);
  if (!self) throw new Error(`${member} is no member of the cluster`);
  return self;
};

export const othersOf = ({ members, member }: PlannedCluster): PlannedMember[] =>
  members.filter(({ name }) => name !== member);

export const addressesOf = ({ members }: PlannedCluster): string[] => members.map(({ address }) => address);
