import { profileCopies, redundancyNeeds } from "../capacity.ts";
import type { Check } from "./check-spec.ts";

/** An override may fix how copies are kept, but not that there are fewer than the spec promises elsewhere. */
export const profileChecks: Check = ({ redundancy, override = {} }) => {
  const promised = redundancyNeeds[redundancy].copies;
  return (["dataProfile", "metadataProfile"] as const).flatMap((key) => {
    const profile = override[key];
    if (profile === undefined || profileCopies[profile] >= promised) return [];
    return [
      {
        path: ["override", key],
        found: `"${profile}", which keeps ${profileCopies[profile]} of the ${promised} copies of redundancy "${redundancy}"`,
        allowed: `a profile with ${promised} copies on disks of their own`,
        fix: "Lower `redundancy` instead, or leave the override out.",
      },
    ];
  });
};
