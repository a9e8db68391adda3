import type { SpecInput } from "../spec/schema.ts";
import { disksOf, nameOf } from "./disk-answer.ts";
import type { Known } from "./question.ts";

type Database = SpecInput["databases"][number];

const databaseIn = ({ answers }: Known): Database => {
  const { name, engine, size, workload, prefer, directory, user } = answers;
  const own = engine === "sqlite" ? { directory, user } : { version: answers["server-version"] };
  return { name, engine, ...own, sizeGiB: Number(size), workload, prefer } as Database;
};

const systemIn = ({ answers: { nixos, root, boot } }: Known): SpecInput["system"] =>
  ({ nixos, root, ...(boot === undefined ? {} : { boot }) }) as SpecInput["system"];

/** What a look at this machine could not tell, for those who read the report. */
const notesIn = ({ answers, host }: Known): string | undefined => {
  const devices = disksOf(answers.disk ?? "", host).map(({ device }) => device);
  const virtual = (host?.disks ?? [])
    .filter((disk) => disk.kind === null && devices.includes(nameOf(disk)))
    .map((disk) => `${nameOf(disk)} is a virtual disk: what carries it does not show.`);
  const nameless = devices
    .filter((device) => !device.startsWith("/dev/disk/"))
    .map((device) => `${device} may be another disk after a boot; a name below /dev/disk/by-id stays.`);
  const all = [...virtual, ...nameless];
  return all.length === 0 ? undefined : `To be checked: ${all.join(" ")}`;
};

/** The spec that answers to all questions come to. `schema` is what its "$schema" names. */
export const makeSpec = (known: Known, schema: string): SpecInput => {
  const { answers, host } = known;
  const notes = notesIn(known);
  return {
    $schema: schema,
    host: answers.host ?? "",
    memoryGiB: Number(answers.memory),
    cpus: Number(answers.cpus),
    system: systemIn(known),
    disks: disksOf(answers.disk ?? "", host),
    ...(answers.redundancy === undefined
      ? {}
      : { redundancy: answers.redundancy as SpecInput["redundancy"] }),
    databases: [databaseIn(known)],
    ...(notes === undefined ? {} : { notes }),
  };
};
