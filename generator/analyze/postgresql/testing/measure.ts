import { analyse } from "../../analyse.ts";
import type { Analysis } from "../../analysis.ts";
import type { Session } from "../../analyzer.ts";
import type { Sample } from "../../capture/sample.ts";
import { type Capture, captureSchema } from "../../capture/schema.ts";
import { postgresqlAnalyzer } from "../index.ts";

/** A capture of what `load` does, checked against the schema: a sample before it, and one after. */
export const captureOf = async (session: Session, load: () => Promise<unknown>): Promise<Capture> => {
  const description = await session.describe();
  const before = await session.sample();
  await load();
  return captureFrom(description, [before, await session.sample()]);
};

export const captureFrom = (
  { server, settings, missing }: Pick<Capture, "server" | "settings" | "missing">,
  samples: Sample[],
): Capture =>
  captureSchema.parse({
    captureVersion: 1,
    capturedBy: "a test",
    engine: "postgresql",
    target: "a test",
    host: null,
    storage: null,
    server,
    settings,
    missing,
    samples,
  });

export const analysisOf = (capture: Capture): Analysis => analyse(capture, postgresqlAnalyzer, "a test");

/** Of a window, where measurements are per second. */
export const totalOf = ({ measured, window }: Analysis, name: keyof Analysis["measured"]): number =>
  (measured[name] ?? Number.NaN) * window.seconds;
