import type { FindingRule, Observed } from "../../findings/finding.ts";
import { bytesIn, secondsIn } from "../units.ts";
import { note, set } from "./migration.ts";

const mib = 2 ** 20;

interface Pace {
  readonly logMiBPerSecond: number;
  readonly timeoutSeconds: number;
  readonly maxWalMiB: number;
  readonly completionTarget: number;
}

const paceOf = ({ capture: { settings }, measured }: Observed): Pace | null => {
  const { logMiBPerSecond } = measured.measured;
  const timeoutSeconds = secondsIn(settings.checkpoint_timeout ?? "");
  const maxWal = bytesIn(settings.max_wal_size ?? "");
  const completionTarget = Number(settings.checkpoint_completion_target);
  if (logMiBPerSecond === null || timeoutSeconds === null || maxWal === null) return null;
  return { logMiBPerSecond, timeoutSeconds, maxWalMiB: maxWal / mib, completionTarget };
};

/** Room for the log of one checkpoint and of the next while it is written (xlog.c, CalculateCheckpointSegments). */
const roomFor = ({ logMiBPerSecond, timeoutSeconds, completionTarget }: Pace): number =>
  logMiBPerSecond * timeoutSeconds * (1 + completionTarget);

/** A quarter more than the window asks for, in whole GiB. */
const enough = (pace: Pace): string => `${Math.max(1, Math.ceil((roomFor(pace) * 1.25) / 1024))}GB`;

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** A checkpoint by hand or for a base backup counts as requested too: only the log's volume tells that it was short of room. */
export const forcedCheckpoints: FindingRule = {
  id: "postgresql-max-wal-size-too-small",
  severity: "caution",
  about:
    "most checkpoints come before their time, because the log of the window needs more than max_wal_size",
  find(observed) {
    const { requestedCheckpointShare, checkpointsPerHour } = observed.measured.measured;
    const pace = paceOf(observed);
    if (pace === null || requestedCheckpointShare === null || requestedCheckpointShare < 0.5) return [];
    if (roomFor(pace) <= pace.maxWalMiB) return [];
    const { settings } = observed.capture;
    return [
      {
        title: "max_wal_size forces checkpoints before their time",
        explanation:
          "After each checkpoint the first change of a page writes the whole page to the log, and copy-on-write moves the page once more: fewer checkpoints are less log and fewer extents.",
        evidence: [
          {
            source: "checkpoints in the window",
            found: `${percent(requestedCheckpointShare)} requested, ${checkpointsPerHour}/h`,
          },
          {
            source: "SHOW max_wal_size, checkpoint_timeout",
            found: `${settings.max_wal_size}, ${settings.checkpoint_timeout}`,
          },
          { source: "log written", found: `${pace.logMiBPerSecond} MiB/s` },
        ],
        migration: [
          set("max_wal_size", `'${enough(pace)}'`),
          note("Keep as much free where pg_wal lies; a crash recovery may take longer by the same factor."),
        ],
      },
    ];
  },
};
