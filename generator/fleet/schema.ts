import * as z from "zod";
import { accountName, hostName, profilePath } from "../spec/text.ts";
import { tokensOf } from "./set-value.ts";

/** Keys of a hive that are no hosts (colmena, src/nix/hive/eval.nix, reservedNames). */
const reserved: readonly string[] = ["defaults", "meta", "network"];

const fleetHostName = hostName.refine((name) => !reserved.includes(name), {
  error: `a host name label other than ${reserved.join(", ")}, which mean something else to colmena`,
});

export const groupName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, { error: "a lower-case letter, then up to 62 of a-z 0-9 _ -" })
  .meta({ description: "Name of the group; a tag of its hosts in colmena." });

const pointer = z
  .string()
  .refine((text) => tokensOf(text) !== undefined, {
    error: "a JSON pointer (RFC 6901) into the spec, such as /disks/0/device",
  })
  .meta({ description: "JSON pointer (RFC 6901) into the spec." });

/** Nothing that ssh could take for an option. */
const sshDestination = z
  .string()
  .regex(/^[A-Za-z0-9_[][A-Za-z0-9._:%[\]-]{0,252}$/, {
    error: "a host name or address, of letters, digits and . _ - : % [ ]",
  })
  .meta({ description: "Host name or address that the deployment tools connect to." });

const deploymentFields = {
  system: z
    .enum(["x86_64-linux", "aarch64-linux"])
    .optional()
    .meta({ description: "Nix's name of the machine's kind; x86_64-linux where nobody says." }),
  domain: sshDestination
    .optional()
    .meta({ description: "What comes after HOST. in the names that the deployment tools connect to." }),
  targetUser: accountName
    .optional()
    .meta({ description: "Who logs in there; the tool's own default where nobody says." }),
  targetPort: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .meta({ description: "Port of ssh there, if not its default." }),
};

const deployment = z.strictObject(deploymentFields).meta({
  description:
    "How nixos-anywhere, colmena and deploy-rs reach the hosts. What is said closer to a host counts.",
});

const hostDeployment = z
  .strictObject({
    ...deploymentFields,
    targetHost: sshDestination.optional().meta({
      description: "What the deployment tools connect to; left out, HOST or HOST.domain.",
    }),
  })
  .meta({ description: "How this host is reached." });

const partialSpec = (description: string) => z.record(z.string(), z.unknown()).meta({ description });

const host = z.strictObject({
  spec: partialSpec("What this host has otherwise: a merge patch (RFC 7396) of its group's spec.").optional(),
  set: z
    .record(pointer, z.json())
    .optional()
    .meta({ description: "Single values by their JSON pointer, which reaches into lists: /disks/0/device." }),
  deployment: hostDeployment.optional(),
});

const inventory = z
  .strictObject({
    file: profilePath.meta({
      description:
        "Path relative to this file: NAME.csv (RFC 4180, with a line of headings) or NAME.json (a list of objects).",
    }),
    columns: z
      .record(z.string().min(1), pointer)
      .refine((columns) => Object.values(columns).includes("/host"), {
        error: "columns, one of which is /host",
      })
      .meta({
        description:
          "Where each column goes: a JSON pointer into the spec. One is /host. An empty cell sets nothing; other columns are let be.",
      }),
    targetHost: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "The column with what the deployment tools connect to." }),
  })
  .meta({ description: "A file that lists hosts of this group." });

const group = z
  .strictObject({
    defaults: partialSpec(
      "What the hosts of this group share: a merge patch of the fleet's defaults.",
    ).optional(),
    deployment: deployment.optional(),
    hosts: z.record(fleetHostName, host).optional().meta({
      description: "Hosts by their names; for one that the inventory has too, what differs from that.",
    }),
    inventory: inventory.optional(),
  })
  .meta({ description: "Hosts that are alike." });

export const fleetSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "For editors: the JSON Schema of this file." }),
    defaults: partialSpec("What all hosts share: a partial spec.").optional(),
    deployment: deployment.optional(),
    groups: z
      .record(groupName, group)
      .refine((groups) => Object.keys(groups).length > 0, { error: "one group or more" })
      .meta({ description: "The groups by their names." }),
  })
  .meta({
    title: "dbtrfs fleet",
    description: "Groups of hosts with what they share, and in what each differs.",
  });

export type FleetDocument = z.infer<typeof fleetSchema>;
export type Group = FleetDocument["groups"][string];
export type Inventory = NonNullable<Group["inventory"]>;
export type HostPart = NonNullable<Group["hosts"]>[string];

export const validHostName = (name: string): boolean => fleetHostName.safeParse(name).success;
export const validTargetHost = (text: string): boolean => sshDestination.safeParse(text).success;
