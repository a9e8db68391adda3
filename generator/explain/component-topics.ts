import { factsOf } from "../engines/index.ts";
import type { Claim, Component, ComponentId } from "../engines/types.ts";
import type { Directory, Plan, PlannedDatabase } from "../plan/types.ts";
import { databaseGroup } from "./decision-topics.ts";
import { explanation, type Remark, type Topic } from "./topic.ts";
import { wordsOf } from "./words.ts";

/** What the engine's facts say of its files. */
export const componentRemarks = ({ title, pattern, sync, inSnapshot, fallocate }: Component): Remark[] => [
  remark(`${title}: how it is written`, { ...pattern, text: `${pattern.text} Made durable: ${sync}.` }),
  remark("In a snapshot", inSnapshot),
  ...(fallocate ? [remark("Compression of it", fallocate)] : []),
];

const remark = (title: string, { text, confidence }: Claim): Remark => ({ title, text, confidence });

const flags = ({ path, filesystem, noCow, compression }: Directory): string =>
  `${path} (${filesystem === "xfs" ? "XFS" : noCow ? "NOCOW" : "CoW"}${compression ? `, ${compression}` : ""})`;

/** In a directory of its own, or with the data. */
const placeOf = (
  database: PlannedDatabase,
  id: ComponentId,
): { own: boolean; index: number; text: string } => {
  const own = database.directories.findIndex(({ component }) => component === id);
  const index = own >= 0 ? own : database.directories.findIndex(({ component }) => component === "data");
  const directory = database.directories[index];
  return { own: own >= 0, index, text: directory ? flags(directory) : database.dataDirectory };
};

const topic = (plan: Plan, database: PlannedDatabase, position: number, component: Component): Topic => {
  const { own, index, text } = placeOf(database, component.id);
  const named = {
    id: `${database.name}.files.${component.id}`,
    pointer: own ? `/databases/${position}/directories/${index}` : `/databases/${position}/dataDirectory`,
    value: text,
  };
  return {
    ...named,
    alsoAt: [],
    group: databaseGroup(plan, database.name),
    name: `files: ${component.id}`,
    words: wordsOf(database.name, component.id, component.title, ...component.files),
    explain: () =>
      explanation({
        ...named,
        title: `${database.name}: ${component.title.toLowerCase()} (${component.files.join(", ")})`,
        origin: "derived",
        reason: own
          ? `In a directory of its own. ${component.placedBy ? `Placed by ${component.placedBy}.` : ""}`.trim()
          : "With the data, as the layout has it there: the engine keeps these files in its data directory.",
        remarks: componentRemarks(component),
        sources: [...component.pattern.sources, ...component.inSnapshot.sources],
      }),
  };
};

/** The groups of files that the layout's own dimensions do not speak of: undo, doublewrite, binary log, temporary files. */
export const componentTopics = (plan: Plan): Topic[] =>
  plan.databases.flatMap((database, position) =>
    factsOf(database.engine)
      .components.filter(({ id }) => id !== "data" && id !== "log" && id !== "archive")
      .map((component) => topic(plan, database, position, component)),
  );
