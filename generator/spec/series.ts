import { factsOf } from "../engines/index.ts";
import type { Series } from "../engines/types.ts";
import type { Engine } from "./schema.ts";

/** The release series of a version: "17.8" is of "17", "10.11.6" of "10.11"; undefined where it is of none. */
export const seriesOf = (engine: Engine, version: string): Series | undefined =>
  factsOf(engine).series.find(({ series }) => version === series || version.startsWith(`${series}.`));
