import { map, type Reading, share, sum, unknown } from "../measure/reading.ts";
import { delta } from "../measure/span.ts";
import type { Counted } from "./server-counters.ts";
import { secondsIn } from "./units.ts";

/** Checkpoints by their cause. */
const started = ({ span, since }: Counted): { readonly timed: Reading; readonly requested: Reading } =>
  since("17")
    ? {
        timed: delta(span, "pg_stat_checkpointer.num_timed"),
        requested: delta(span, "pg_stat_checkpointer.num_requested"),
      }
    : {
        timed: delta(span, "pg_stat_bgwriter.checkpoints_timed"),
        requested: delta(span, "pg_stat_bgwriter.checkpoints_req"),
      };

const none = ({ span }: Counted): Reading =>
  unknown(`no checkpoint came in the window of ${Number(span.seconds.toPrecision(3))} s`);

/** A window that is shorter than the time between two checkpoints says nothing by having none. */
export const checkpointsPerHour = (all: Counted): Reading => {
  const { timed, requested } = started(all);
  const count = sum(timed, requested);
  const between = secondsIn(all.settings.checkpoint_timeout ?? "");
  if ("value" in count && count.value === 0 && !(between !== null && all.span.seconds > between))
    return none(all);
  return map(count, (value) => (value / all.span.seconds) * 3600);
};

export const requestedCheckpointShare = (all: Counted): Reading => {
  const { timed, requested } = started(all);
  return share(requested, sum(timed, requested), "no checkpoint came in the window");
};
