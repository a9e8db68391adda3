import type { Analysis } from "../analysis.ts";
import { notOfThisEngine } from "../measure/measured.ts";
import { measurementNames, measurements } from "../measure/measurements.ts";
import { oneLine, paragraph } from "./text.ts";

/** What is unknown, and why. */
type Unknown = readonly [what: string, why: string];

const ofMeasurements = ({ unknown }: Analysis): readonly Unknown[] =>
  measurementNames.flatMap((name) => {
    const why = unknown[name];
    return why === undefined || why === notOfThisEngine ? [] : [[measurements[name].title, why] as const];
  });

/** Of the storage and the host; a counter that is missing shows in the measurements that rest on it. */
const ofParts = ({ missing, storage }: Analysis): readonly Unknown[] => [
  ...(["host", "storage"] as const).flatMap((part) => {
    const why = missing[part];
    return why === undefined ? [] : [[part, why] as const];
  }),
  ...(storage?.components ?? []).flatMap(({ role, name, unknown }) =>
    Object.entries(unknown).map(([field, why]) => [`${name ?? role}: ${field}`, why] as const),
  ),
  ...(storage?.filesystems ?? []).flatMap(({ mountPoint, unknown }) =>
    Object.entries(unknown).map(([field, why]) => [`${mountPoint}: ${field}`, why] as const),
  ),
];

/** One line a reason: many measurements may rest on one counter. */
export const unknownText = (analysis: Analysis): string => {
  const byReason = Map.groupBy([...ofMeasurements(analysis), ...ofParts(analysis)], ([, why]) => why);
  return [...byReason]
    .map(([why, unknowns]) =>
      paragraph(`${oneLine(unknowns.map(([what]) => what).join(", "))}: ${oneLine(why)}`, 2),
    )
    .join("");
};
