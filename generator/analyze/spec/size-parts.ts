import type { Path } from "../../spec/pointer.ts";
import type { Analysis } from "../analysis.ts";
import { assume, type Part, seen } from "./part.ts";

/** The least that the planner tells from nothing. */
const leastGiB = 0.001;

const digits = (value: number): number => Number(value.toPrecision(4));

/** Bytes of the data files, where the database itself did not tell. */
const bytesOf = ({ storage }: Analysis): number | null => {
  const components = (storage?.components ?? []).filter(
    ({ role, bytes }) => (role === "data" || role === "tablespace") && bytes !== null,
  );
  return components.length === 0 ? null : components.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
};

/** Null where neither the database nor its files tell. */
export const sizePart = (analysis: Analysis, path: Path): Part<number> | null => {
  const { sizeGiB } = analysis.measured;
  if (sizeGiB !== null) return seen(Math.max(leastGiB, digits(sizeGiB)));
  const bytes = bytesOf(analysis);
  if (bytes === null) return null;
  const size = Math.max(leastGiB, digits(bytes / 2 ** 30));
  return assume([...path, "sizeGiB"], size, `the size of its files; ${analysis.unknown.sizeGiB}`);
};

const hour = 3600;
const hoursPerMonth = 730.5;

/** What a window of minutes grew says nothing of a month: it may have been the one load of the day. */
export const growthPart = ({ measured, unknown, window }: Analysis, path: Path): Part<number | undefined> => {
  const at = [...path, "growthGiBPerMonth"];
  const perHour = measured.growthMiBPerHour;
  if (perHour === null) return assume(at, undefined, `unknown: ${unknown.growthMiBPerHour}`);
  const grew = `it grew ${digits(perHour)} MiB an hour in the window`;
  if (window.seconds < hour) return assume(at, undefined, `${grew}, which is too short to tell of a month`);
  const perMonth = Math.min(100_000, Math.max(0, digits((perHour * hoursPerMonth) / 1024)));
  return assume(at, perMonth, `${grew}, taken for all of a month`);
};
