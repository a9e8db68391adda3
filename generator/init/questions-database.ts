import { factsOf } from "../engines/index.ts";
import type { Engine } from "../spec/schema.ts";
import { preferences } from "../spec/schema.ts";
import { seriesOf } from "../spec/series.ts";
import { accountName, databaseName, directoryPath } from "../spec/text.ts";
import { workloadClasses } from "../spec/workload.ts";
import { compareVersions, parseVersion } from "../version.ts";
import { noNumber, noneOf, unlike } from "./checked.ts";
import type { Known, Question } from "./question.ts";
import { releaseOf } from "./questions-host.ts";

const engines = ["postgresql", "mysql", "mariadb", "sqlite"] as const satisfies readonly Engine[];

export const engineOf = ({ answers }: Known): Engine =>
  engines.find((engine) => engine === answers.engine) ?? "postgresql";

const isSqlite = (known: Known): boolean => engineOf(known) === "sqlite";

/** The newest series that the NixOS release has a package of. */
const newestSeries = (known: Known): string | undefined =>
  factsOf(engineOf(known))
    .series.filter(({ package: name, releases }) => name !== null && releases.includes(releaseOf(known)))
    .map(({ series }) => series)
    .toSorted((a, b) => compareVersions(parseVersion(b), parseVersion(a)))[0];

const unknownVersion = (answer: string, known: Known): string | undefined => {
  const { series } = factsOf(engineOf(known));
  return seriesOf(engineOf(known), answer) ? undefined : series.map((each) => each.series).join(", ");
};

export const databaseQuestions: readonly Question[] = [
  {
    name: "engine",
    value: "ENGINE",
    choices: engines,
    summary: "postgresql, mysql, mariadb or sqlite",
    text: "Which database engine: postgresql, mysql, mariadb or sqlite?",
    by: "chosen",
    wrong: noneOf(engines),
  },
  {
    name: "name",
    value: "NAME",
    summary: "what the database is called here (its engine's name)",
    text: "What is the database called? The name goes into its subvolume and its units.",
    suggestion: engineOf,
    by: "asked",
    wrong: unlike(databaseName),
  },
  {
    name: "directory",
    value: "PATH",
    summary: "SQLite: the directory of the database files",
    text: "In which directory do the database files lie? It becomes a subvolume.",
    applies: isSqlite,
    suggestion: ({ answers }) => `/var/lib/${answers.name ?? "sqlite"}`,
    by: "chosen",
    wrong: unlike(directoryPath),
  },
  {
    name: "user",
    value: "USER",
    summary: "SQLite: the account that owns them",
    text: "Which account owns them?",
    applies: isSqlite,
    suggestion: ({ answers }) => answers.name,
    by: "chosen",
    wrong: unlike(accountName),
  },
  {
    name: "server-version",
    value: "VERSION",
    summary: "of the server (the newest that the NixOS release has)",
    text: "Which version of the server?",
    applies: (known) => !isSqlite(known),
    suggestion: newestSeries,
    by: "sure",
    wrong: unknownVersion,
  },
  {
    name: "size",
    value: "GIB",
    summary: "size of the data today",
    text: "How large is the data today, in GiB?",
    by: "chosen",
    wrong: noNumber("a number of GiB above 0, such as 200", (gib) => gib > 0),
  },
  {
    name: "workload",
    value: "CLASS",
    choices: workloadClasses,
    summary: "what it does: oltp, append, analytics, read-mostly, queue or mixed (mixed)",
    text: [
      "What does it do most?",
      "  oltp         small transactions, random updates",
      "  append       inserts in the order of time",
      "  analytics    bulk loads and large scans",
      "  read-mostly  reads, few writes",
      "  queue        rows inserted, updated and deleted soon",
      "  mixed        some of all; dbtrfs analyze measures it",
    ].join("\n"),
    suggestion: () => "mixed",
    by: "asked",
    wrong: noneOf(workloadClasses),
  },
  {
    name: "prefer",
    value: "WHAT",
    choices: preferences,
    summary: "what matters most: balanced, integrity, latency, throughput or space (balanced)",
    text: "What matters most: balanced, integrity, latency, throughput or space?",
    suggestion: () => "balanced",
    by: "asked",
    wrong: noneOf(preferences),
  },
];
