import type { DataProfile, Decision, MetadataProfile } from "../plan/types.ts";
import { btrfs } from "../sources/btrfs.ts";
import type { Pool } from "../spec/capacity.ts";
import type { Redundancy, Spec } from "../spec/schema.ts";
import { candidate, decision } from "./decision.ts";

interface Profiles {
  readonly data: DataProfile;
  readonly metadata: MetadataProfile;
  readonly reason: string;
}

/** Profiles by what the owner asked for. mkfs.btrfs's own multi-device default gives data no copy: always say both. */
const redundant: Readonly<Record<Exclude<Redundancy, "none">, Profiles>> = {
  mirror: {
    data: "raid1",
    metadata: "raid1",
    reason:
      "Two copies of everything on different disks: a bad block is repaired from the other copy, and one disk may fail.",
  },
  mirror3: {
    data: "raid1c3",
    metadata: "raid1c3",
    reason: "Three copies of everything on different disks: two disks may fail.",
  },
  "striped-mirror": {
    data: "raid10",
    metadata: "raid1",
    reason:
      "Two copies, striped over the disks: scans use all of them, and one disk may fail. Metadata is mirrored without stripes.",
  },
};

const single: Profiles = {
  data: "single",
  metadata: "dup",
  reason: "One disk: data once, metadata twice, so that a bad metadata block does not cost the filesystem.",
};

const spanned: Profiles = {
  data: "raid0",
  metadata: "raid1",
  reason:
    "Several disks without redundancy: data is striped so that scans use all of them; metadata is mirrored. Losing one disk loses the data, as the spec accepts.",
};

export const profilesFor = (pool: Pool, spec: Spec): Profiles => {
  const wished =
    spec.redundancy !== "none" ? redundant[spec.redundancy] : pool.disks.length > 1 ? spanned : single;
  return {
    ...wished,
    data: spec.override?.dataProfile ?? wished.data,
    metadata: spec.override?.metadataProfile ?? wished.metadata,
  };
};

/** Why raid5 and raid6 never stand for election. */
const parity = {
  constraint: "invariant-11",
  reason: "Parity profiles have the write hole and are documented as unfit for production.",
};

export const profileDecisions = (pool: Pool, spec: Spec, position: number): Decision[] => {
  const profiles = profilesFor(pool, spec);
  const why = (override: unknown) => ({
    reason: override === undefined ? profiles.reason : "Set by the spec's override.",
    confidence: "documented" as const,
    overridden: override !== undefined,
  });
  return [
    decision({
      ...why(spec.override?.dataProfile),
      id: `filesystem.${position}.data-profile`,
      title: "Data profile",
      pointer: `/filesystems/${position}/dataProfile`,
      value: profiles.data,
      candidates: [
        candidate({ value: profiles.data, chosen: true }),
        ...["raid5", "raid6"].map((value) => candidate({ value, chosen: false, dropped: parity })),
      ],
      sources: [btrfs.profiles, btrfs.raid56NotForProduction, btrfs.multiDeviceDefaults],
    }),
    decision({
      ...why(spec.override?.metadataProfile),
      id: `filesystem.${position}.metadata-profile`,
      title: "Metadata profile",
      pointer: `/filesystems/${position}/metadataProfile`,
      value: profiles.metadata,
      sources: [btrfs.profiles, btrfs.dupOnOneDevice],
    }),
  ];
};
