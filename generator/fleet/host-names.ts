import { logLabel, partitionLabel } from "../decide/labels.ts";
import type { Plan } from "../plan/types.ts";
import type { Spec } from "../spec/schema.ts";

/** What tells a host from one that is planned alike: its name, its disks' devices. */
export interface HostNames {
  readonly host: string;
  readonly devices: readonly string[];
}

export const namesOf = (spec: Pick<Spec, "host" | "disks">): HostNames => ({
  host: spec.host,
  devices: spec.disks.map(({ device }) => device),
});

export const renamed = (spec: Spec, { host, devices }: HostNames): Spec => ({
  ...spec,
  host,
  disks: spec.disks.map((disk, index) => ({ ...disk, device: devices[index] ?? disk.device })),
});

const letters = "abcdefghijklmnopqrstuvwxyz";

/** Another letter for a digit, another digit or letter for a letter; the same for the same. */
const otherCharacter = (character: string): string => {
  if (/\d/.test(character)) return letters[Number(character) + 3] ?? "";
  const index = letters.indexOf(character.toLowerCase());
  if (index < 0) return character;
  return index < 10 ? String(9 - index) : (letters[(index + 11) % 26] ?? "");
};

const otherWord = (word: string): string => word.replace(/[A-Za-z0-9]/g, otherCharacter);

/** The folder of a device stays: /dev/disk/by-id is no part of a name. */
const otherDevice = (device: string): string => device.replace(/[^/]*$/, otherWord);

/** A host like this one, whose names have as many characters and share no letter and no digit at any place. */
export const twinOf = ({ host, devices }: HostNames): HostNames => ({
  host: otherWord(host),
  devices: devices.map(otherDevice),
});

const shape = (word: string): string => word.replace(/[A-Za-z0-9]/g, "x");

/** Hosts whose names have one shape fill the same space and break at the same places. */
export const shapesOf = ({ host, devices }: HostNames): readonly string[] => [
  shape(host),
  ...devices.map((device) => device.replace(/[^/]*$/, shape)),
];

/** What of a plan is made of names. */
export type NamedPlan = Pick<Plan, "disks" | "logFilesystems">;

/**
 * Every text of a plan that is made of the host's names, in an order that is the same for hosts that are planned alike. `plan` is that of
 * any one of them.
 */
export const derivedNames = ({ host, devices }: HostNames, plan: NamedPlan): readonly string[] => [
  ...devices,
  ...plan.disks.flatMap((disk) =>
    disk.partitions.map((partition) => partitionLabel(host, disk.id, partition.name)),
  ),
  ...plan.logFilesystems.map((_, index) => logLabel(host, index)),
  host,
];
