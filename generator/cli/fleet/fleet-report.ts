import { join } from "node:path";
import { fragmentFile } from "../../fleet/fragment.ts";
import { hostList } from "../../fleet/host-problems.ts";
import type { Consequence, PlanChange } from "../../fleet/plan-changes.ts";
import type { Style } from "../../problem.ts";
import { visible } from "../../visible.ts";
import { type FleetOutcome, hostsThat } from "./fleet-outcome.ts";

/** A change and the hosts that make it. */
export interface SummedChange extends PlanChange {
  readonly hosts: readonly string[];
}

/** What weighs most comes first, and of that what most hosts make. */
const weights: Readonly<Record<Consequence, number>> = {
  migration: 0,
  incomparable: 1,
  addition: 2,
  rebuild: 3,
  files: 4,
};

/** Every change once, with its hosts. */
export const summedChanges = ({ good }: FleetOutcome): SummedChange[] => {
  const all = good.flatMap(({ name, changes }) => changes.map((change) => ({ name, change })));
  const alike = Map.groupBy(all, ({ change }) => `${change.consequence} ${change.what}`);
  return [...alike.values()]
    .flatMap(([first, ...more]) =>
      first ? [{ ...first.change, hosts: [first.name, ...more.map(({ name }) => name)] }] : [],
    )
    .sort((a, b) => weights[a.consequence] - weights[b.consequence] || b.hosts.length - a.hosts.length);
};

const consequences: Readonly<Record<Consequence, string>> = {
  migration: ", needs a migration",
  addition: ", to be made on the running host",
  rebuild: ", with the next rebuild",
  incomparable: "",
  files: " alone",
};

const looks = {
  migration: "alarm",
  incomparable: "caution",
  addition: "caution",
  rebuild: "good",
  files: "good",
} as const;

const count = (hosts: readonly string[]): string => `${hosts.length} host${hosts.length === 1 ? "" : "s"}`;

const few = 3;

const line = (style: Style, look: Parameters<Style>[0], hosts: readonly string[], what: string): string =>
  hosts.length === 0
    ? ""
    : `${style(look, count(hosts))}: ${visible(what)} ${style("faint", `(${hostList(hosts, few)})`)}\n`;

/** What --diff prints: each change once, with how many hosts it meets. */
export const diffText = (outcome: FleetOutcome, out: string, style: Style): string =>
  [
    ...summedChanges(outcome).map(({ what, consequence, hosts }) =>
      line(style, looks[consequence], hosts, `${what}${consequences[consequence]}`),
    ),
    line(style, "good", hostsThat(outcome, "new"), "new"),
    line(style, "alarm", outcome.left, "no longer in the fleet"),
    outcome.fragment === "stale" ? `${style("strong", visible(join(out, fragmentFile)))} changes\n` : "",
  ].join("");

/** What --check prints: a line for each thing that is stale. */
export const checkText = (outcome: FleetOutcome, out: string, style: Style): string => {
  const each = (hosts: readonly string[], what: string) =>
    hosts.map((name) => `${style("strong", visible(join(out, "hosts", name)))} ${what}\n`);
  return [
    ...each(hostsThat(outcome, "new"), "is missing"),
    ...each(hostsThat(outcome, "changed"), "is out of date"),
    ...each(outcome.left, "is stale: the host is no longer in the fleet"),
    outcome.fragment === "stale"
      ? `${style("strong", visible(join(out, fragmentFile)))} is out of date\n`
      : "",
  ].join("");
};

/** What a write did, for the log. */
export const writeText = (outcome: FleetOutcome, out: string, style: Style): string => {
  const removed = outcome.left.filter((name) => !outcome.kept.includes(name));
  const held = outcome.fragment === "held back";
  const note = (text: string) => `${style("caution", "note:")} ${text}\n`;
  const layouts = summedChanges(outcome).filter(({ consequence }) => consequence === "migration");
  return [
    line(style, "good", hostsThat(outcome, "new"), "new"),
    line(style, "caution", hostsThat(outcome, "changed"), "changed"),
    line(style, "alarm", held ? [] : removed, "no longer in the fleet, removed"),
    ...layouts.map(({ hosts, what }) => line(style, "alarm", hosts, `${what}${consequences.migration}`)),
    `${count(hostsThat(outcome, "unchanged"))} up to date in ${visible(out)}\n`,
    ...outcome.kept.map((name) =>
      note(
        `${visible(join(out, "hosts", name))}: no longer in the fleet; it holds files of yours and stays.`,
      ),
    ),
    held
      ? note(
          `${visible(join(out, fragmentFile))} is as it was${outcome.left.length > 0 ? `, and ${hostList(outcome.left)} stay` : ""}: without the hosts below the fleet would not be whole.`,
        )
      : "",
  ].join("");
};

/** The same for programs. */
export const outcomeJson = (outcome: FleetOutcome): string =>
  `${JSON.stringify(
    {
      hosts: outcome.good.length,
      new: hostsThat(outcome, "new"),
      changed: hostsThat(outcome, "changed"),
      removed: outcome.left.filter((name) => !outcome.kept.includes(name)),
      kept: outcome.kept,
      fragment: outcome.fragment,
      changes: summedChanges(outcome),
    },
    null,
    2,
  )}\n`;
