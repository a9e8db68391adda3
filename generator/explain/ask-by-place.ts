import { isAtOrBelow } from "../paths.ts";
import type { Plan } from "../plan/types.ts";
import { valueAt } from "../spec/pointer.ts";
import type { Topic } from "./topic.ts";

const placesOf = ({ pointer, alsoAt }: Topic): readonly string[] => [pointer, ...alsoAt];

const pathOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));

const longest = (places: readonly string[]): number => Math.max(0, ...places.map((place) => place.length));

/** What explains the value at a pointer: the topic there, the nearest one above, or all below. */
export const askByPointer = (plan: Plan, topics: readonly Topic[], pointer: string): readonly Topic[] => {
  if (valueAt(plan, pathOf(pointer)) === undefined) return [];
  const above = (topic: Topic) => longest(placesOf(topic).filter((place) => isAtOrBelow(place, pointer)));
  const nearest = longest(
    topics.flatMap((topic) => placesOf(topic).filter((place) => isAtOrBelow(place, pointer))),
  );
  if (nearest > 0) return topics.filter((topic) => above(topic) === nearest).slice(0, 1);
  return topics.filter((topic) => isAtOrBelow(pointer, topic.pointer));
};

/** The nearest place above that explains something; undefined where there is none. */
export const nearestAbove = (plan: Plan, topics: readonly Topic[], pointer: string): string | undefined => {
  const above = pointer.slice(0, pointer.lastIndexOf("/"));
  if (above === "") return undefined;
  return askByPointer(plan, topics, above).length > 0 ? above : nearestAbove(plan, topics, above);
};

interface Located {
  readonly path: string;
  readonly pointer: string;
}

/** Every directory that the plan knows, and where plan.json has it. */
const located = ({ databases, filesystems }: Plan): Located[] => [
  ...databases.flatMap(({ directories }, d) =>
    directories.map(({ path }, i) => ({ path, pointer: `/databases/${d}/directories/${i}` })),
  ),
  ...filesystems.flatMap(({ subvolumes }, f) =>
    subvolumes.map(({ mountPoint: path }, i) => ({ path, pointer: `/filesystems/${f}/subvolumes/${i}` })),
  ),
];

/** What explains the flags of a directory or file on the host: "/var/lib/postgresql/wal". */
export const askByPath = (plan: Plan, topics: readonly Topic[], path: string): readonly Topic[] => {
  const holding = located(plan).filter((directory) => isAtOrBelow(directory.path, path));
  const nearest = longest(holding.map((directory) => directory.path));
  const found = holding.find((directory) => directory.path.length === nearest);
  return found === undefined ? [] : askByPointer(plan, topics, found.pointer);
};
