import type { FleetFigures } from "../../generator/render/docs/views.ts";
import { renderDocsFleetTablesMd } from "../../generator/render/templates.generated.ts";
import type { FleetMeasurement, FleetResults } from "../benchmark/fleet-measurement.ts";
import results from "../benchmark/fleet-results.json" with { type: "json" };
import { pageWithTables } from "./marked-page.ts";
import type { Page } from "./option-pages.ts";
import { objectsOf } from "./spec-page.ts";
import { documentedFleetSchema } from "./spec-schema.ts";

const kinds = { alike: "", different: ", no two alike" } as const;

const figuresOf = ({
  hosts,
  likeness,
  sizeMiB,
  first,
  unchanged,
  check,
}: FleetMeasurement): FleetFigures => ({
  hosts: `${hosts}${kinds[likeness]}`,
  first: first.seconds.toFixed(1),
  unchanged: unchanged.seconds.toFixed(1),
  check: check.seconds.toFixed(1),
  perHost: ((first.seconds / hosts) * 1000).toFixed(1),
  memory: Math.max(first.peakMemoryMiB, unchanged.peakMemoryMiB, check.peakMemoryMiB).toFixed(0),
  size: sizeMiB.toFixed(0),
});

/** docs/fleet.md with the fields of a fleet and what was measured. */
export const fleetPage = (): Page => {
  const { machine, date, command, measurements } = results as FleetResults;
  const [whole, ...objects] = objectsOf(documentedFleetSchema(), "");
  const tables = {
    objects: whole ? [{ ...whole, title: "fleet" }, ...objects] : [],
    machine,
    date,
    command,
    measurements: measurements.map(figuresOf),
  };
  return pageWithTables("docs/fleet.md", renderDocsFleetTablesMd(tables));
};
