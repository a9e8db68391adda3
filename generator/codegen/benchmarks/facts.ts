import { batches as matrix } from "../../bench/matrix.ts";
import { versionText } from "../../engines/version-text.ts";
import type { Batch, Evidence } from "../../evidence/schema.ts";
import type { BenchmarkFact } from "../../render/docs/benchmark-views.ts";
import { joined } from "./words.ts";

const unique = (list: readonly string[]): string[] => [...new Set(list)];

export const engineText = ({ engine, engineVersion }: Batch): string => versionText(engine, engineVersion);

/** Each value once; with the batches that have it where there are several. */
const distinct = (batches: readonly Batch[], of: (batch: Batch) => string): string => {
  const values = unique(batches.map(of));
  if (values.length < 2) return values.join("");
  const titlesWith = (value: string) => batches.filter((batch) => of(batch) === value).map(({ id }) => id);
  return values.map((value) => `${value} (${titlesWith(value).join(", ")})`).join("; ");
};

/** "2026-11-26", "2026-11-26 to 2026-11-28", or that it was not recorded. */
const daysText = (batches: readonly Batch[]): string => {
  const days = batches
    .map(({ date }) => date)
    .filter((date) => date !== null)
    .toSorted();
  const span = unique([days.at(0) ?? "", days.at(-1) ?? ""]).join(" to ");
  if (days.length === 0) return "not recorded";
  return days.length === batches.length ? span : `${span}, where recorded`;
};

/** Written by `dbtrfs bench`, which measures as the page says; other files say themselves how it was. */
export const isOurs = ({ reproduce }: Batch): boolean => reproduce.startsWith("dbtrfs bench ");

const commandOf = ({ reproduce }: Batch): string => reproduce.replace("dbtrfs bench ", "npm run bench -- ");

const isWholeMatrix = (ids: readonly string[]): boolean => matrix.every(({ id }) => ids.includes(id));

/** One command for all batches that were measured alike; without their names where they are all that there are. */
const together = (command: string, ids: readonly string[]): string =>
  command.replace("--batch …", isWholeMatrix(ids) ? "" : `--batch ${ids.join(",")}`).replace(/ {2,}/g, " ");

const rounds = /--rounds (\d+)/;

const roundsIn = (batch: Batch): number => Number(rounds.exec(batch.reproduce)?.[1] ?? 0);

/** Each batch is measured as often as the one of them that has most rounds: more of them do no harm, and one command is easier. */
export const commandsOf = ({ batches }: Evidence): string[] => {
  const alike = Map.groupBy(batches.filter(isOurs), (batch) =>
    commandOf(batch).replace(`--batch ${batch.id}`, "--batch …").replace(rounds, "--rounds …"),
  );
  return [...alike].map(([command, own]) =>
    together(
      command.replace("--rounds …", `--rounds ${Math.max(...own.map(roundsIn))}`),
      own.map(({ id }) => id),
    ),
  );
};

/** Where and with what it was measured. */
export const factsIn = ({ title, batches, rows }: Evidence): BenchmarkFact[] =>
  [
    { name: "Title", text: title },
    { name: "Databases", text: joined(unique(batches.map(engineText))) },
    { name: "Kernel", text: distinct(batches, ({ kernel }) => kernel) },
    { name: "Processors", text: distinct(batches, ({ cpus }) => String(cpus)) },
    { name: "Disk", text: distinct(batches, ({ device }) => device) },
    { name: "Days", text: daysText(batches) },
    { name: "Size", text: `${batches.length} batches, ${rows.length} rows` },
    {
      name: "Run again",
      text: batches.some((batch) => !isOurs(batch))
        ? distinct(
            batches.filter((batch) => !isOurs(batch)),
            ({ reproduce }) => reproduce,
          )
        : "",
    },
  ].filter(({ text }) => text !== "");
