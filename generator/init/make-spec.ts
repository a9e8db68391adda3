import { diskParts } from "../analyze/spec/disks.ts";
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

/** What of the disks does not show, for those who read the report. */
const notesIn = ({ answers, host }: Known): string | undefined => {
  const planned = disksOf(answers.disk ?? "", host).map(({ device }) => device);
  const own = (host?.disks ?? []).filter((disk) => planned.includes(nameOf(disk)));
  const assumed = own.flatMap((disk) =>
    diskParts([disk]).assumed.map(({ value, why }) =>
      value === nameOf(disk) ? `${value}: ${why}.` : `${nameOf(disk)}: ${value}, ${why}.`,
    ),
  );
  return assumed.length === 0 ? undefined : `Assumed, to be checked: ${assumed.join(" ")}`;
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
