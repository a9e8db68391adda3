import type { FleetDocument, HostPart } from "./schema.ts";

/** How the deployment tools reach a host. */
export interface Deployment {
  readonly system: string;
  readonly targetHost: string;
  /** Null where the tool's own default counts. */
  readonly targetUser: string | null;
  readonly targetPort: number | null;
}

type Part = FleetDocument["deployment"];

/** The fleet's, the group's and the host's part, of which the later one counts. */
export const deploymentOf = (
  name: string,
  parts: readonly [fleet: Part, group: Part, host: HostPart["deployment"]],
  inventoryTarget: string | undefined,
): Deployment => {
  const all = Object.assign({}, ...parts) as NonNullable<HostPart["deployment"]>;
  const usual = all.domain === undefined ? name : `${name}.${all.domain}`;
  return {
    system: all.system ?? "x86_64-linux",
    targetHost: all.targetHost ?? inventoryTarget ?? usual,
    targetUser: all.targetUser ?? null,
    targetPort: all.targetPort ?? null,
  };
};
