import { distance } from "fastest-levenshtein";
import type { Topic } from "./topic.ts";

/** How well a word of the question fits one of a topic's: the first that applies counts. */
const fits: readonly {
  readonly quality: number;
  readonly fits: (asked: string, known: string) => boolean;
}[] = [
  { quality: 4, fits: (asked, known) => asked === known },
  { quality: 2, fits: (asked, known) => asked.length >= 3 && known.includes(asked) },
  { quality: 2, fits: (asked, known) => known.length >= 4 && asked.startsWith(known) },
  {
    quality: 1,
    fits: (asked, known) => asked.length >= 4 && distance(asked, known) <= Math.max(1, asked.length / 5),
  },
];

/** A topic that is called just so is meant rather than one that has to do with it. */
const isName = 6;

const lastOf = (id: string): string => id.slice(id.lastIndexOf(".") + 1).toLowerCase();

const quality = (asked: string, { id, name, words }: Topic): number => {
  if (asked === name.toLowerCase() || asked === lastOf(id)) return isName;
  return Math.max(0, ...words.map((known) => fits.find((each) => each.fits(asked, known))?.quality ?? 0));
};

const exact = 4;

/** Words of a question that say nothing of what it is about. */
const empty = new Set(
  "why is are was be the a an of on in for to and or what which where when how does do did has have it its this that there with from by at so my our here not use uses used set sets put".split(
    " ",
  ),
);

const asWords = (question: string): string[] => {
  const all = question
    .toLowerCase()
    .split(/[\s,;:?!"'()]+/)
    .map((word) => word.replace(/^[./]+|[./]+$/g, ""))
    .filter((word) => word !== "");
  const telling = all.filter((word) => !empty.has(word));
  return telling.length > 0 ? telling : all;
};

interface Match {
  readonly topic: Topic;
  readonly words: number;
  readonly quality: number;
}

const matchOf = (topic: Topic, asked: readonly string[]): Match => {
  const found = asked.map((word) => quality(word, topic)).filter((each) => each > 0);
  return { topic, words: found.length, quality: found.reduce((sum, each) => sum + each, 0) };
};

/** What the words may mean: the topics that have most of them; where one fits exactly, that, and the rest is related. */
export const askByWords = (
  topics: readonly Topic[],
  question: string,
): { readonly topics: readonly Topic[]; readonly related: readonly Topic[] } => {
  const asked = asWords(question);
  const matches = topics.map((topic) => matchOf(topic, asked)).filter(({ words }) => words > 0);
  const most = Math.max(0, ...matches.map(({ words }) => words));
  const candidates = matches.filter(({ words }) => words === most).toSorted((a, b) => b.quality - a.quality);
  const best = candidates[0]?.quality ?? 0;
  const meant = best >= exact * most ? candidates.filter((match) => match.quality === best) : candidates;
  return {
    topics: meant.map(({ topic }) => topic),
    related: meant.length === 1 ? candidates.slice(1).map(({ topic }) => topic) : [],
  };
};

export const knownWords = (topics: readonly Topic[]): string[] => [
  ...new Set(topics.flatMap(({ words }) => words)),
];
