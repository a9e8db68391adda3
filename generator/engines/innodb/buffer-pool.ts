import { inMebibytes } from "../sizes.ts";
import type { SettingContext } from "../types.ts";
import { isDirect } from "./data-file-io.ts";
import type { Flavour } from "./flavour.ts";
import { between, roundPool } from "./sizes.ts";

type Memory = Pick<SettingContext, "memoryGiB" | "layout" | "kernel">;

/** The default of both servers. */
const leastMiB = 128;

/** Share of the memory: less where a second copy of hot pages lies in the page cache, and on small servers. */
export const poolShare = (flavour: Flavour, context: Memory): number => {
  if (context.memoryGiB < 1) return 0.25;
  if (context.memoryGiB < 4) return isDirect(flavour, context) ? 0.5 : 0.4;
  return isDirect(flavour, context) ? 0.7 : 0.5;
};

/** innodb_buffer_pool_size in MiB. */
export const poolMiB = (flavour: Flavour, context: Memory): number => {
  const memory = inMebibytes(context.memoryGiB);
  return between(leastMiB, roundPool(memory * poolShare(flavour, context)), memory);
};
