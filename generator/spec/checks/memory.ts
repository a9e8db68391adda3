import type { Check } from "./check-spec.ts";

/** The system needs some of it too. */
const systemShareGiB = 0.5;

export const memoryChecks: Check = (spec) => {
  const asked = spec.databases.reduce((sum, database) => sum + (database.memoryGiB ?? 0), 0);
  const room = spec.memoryGiB - systemShareGiB;
  return asked <= room
    ? []
    : [
        {
          path: ["databases"],
          found: `${asked} GiB of memory asked for by the databases together`,
          allowed: `at most ${room} GiB: the host has ${spec.memoryGiB} and the system needs ${systemShareGiB}`,
          fix: "Lower memoryGiB of the databases, or leave it out: the servers then share what there is.",
        },
      ];
};
