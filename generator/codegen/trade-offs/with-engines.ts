import type { Component, ComponentId, EngineFacts } from "../../engines/types.ts";
import { btrfs } from "../../sources/btrfs.ts";
import { type Cited, cited } from "./mechanism.ts";

const componentOf = ({ components }: EngineFacts, wanted: ComponentId): Component => {
  const found = components.find(({ id }) => id === wanted);
  if (found === undefined) throw new Error(`an engine without the component ${wanted}`);
  return found;
};

/** How the engine writes its data. */
export const writes = (facts: EngineFacts): Cited => {
  const { pattern, sync } = componentOf(facts, "data");
  return { text: `${pattern.text} Made durable: ${sync}.`, sources: pattern.sources };
};

/** What is left of checksums on NOCOW data. */
export const withoutChecksums = (facts: EngineFacts): Cited => {
  if (!facts.pageChecksums.has)
    return cited(
      `Refused, unless the spec says override.acceptNoChecksums: ${facts.title} has no page checksums of its own, so that nothing would notice a bad block.`,
      btrfs.noCowHasNoChecksums,
    );
  const left = `${facts.title}'s own page checksums are what is left to notice a bad block; the plan has them on.`;
  if (facts.unrepairedPage === undefined) return cited(left);
  const { text, sources } = facts.unrepairedPage;
  return { text: `${left} Refused, unless override.data says "nocow": ${text}`, sources };
};

const logBy =
  (text: (log: Component) => Cited) =>
  (facts: EngineFacts): Cited => {
    const log = componentOf(facts, "log");
    return log.placedBy === null
      ? cited(`Not possible: ${facts.title} keeps its log beside the data, and no setting moves it.`)
      : text(log);
  };

/** How the engine writes its log, where that can be placed. */
export const noCowLog = logBy(({ pattern, placedBy }) => ({
  text: `${pattern.text} Placed by ${placedBy}.`,
  sources: pattern.sources,
}));

/** How a log elsewhere is captured with the data. */
export const splitSnapshot = ({ splitSnapshot: { text, sources } }: EngineFacts): Cited => ({
  text,
  sources,
});

/** Whether Btrfs compresses the engine's files. */
export const compressible = (facts: EngineFacts): Cited => {
  const { fallocate } = componentOf(facts, "data");
  return fallocate ?? cited("Nothing preallocates its files, so that compression takes effect.");
};
