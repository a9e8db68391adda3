import type { FindingRule, Observed } from "../../findings/finding.ts";
import type { Dialect } from "../dialect.ts";

/** From about here on both servers flush pages for the log's sake, whatever innodb_io_capacity says. Judgement. */
const nearlyFull = 0.75;

const mib = 2 ** 20;
const hour = 3600;

/** A log that holds more than an hour is full because nothing hurries its checkpoint. */
const goesRoundInAnHour = (dialect: Dialect, { capture, measured }: Observed): boolean => {
  const capacity = capture.samples.at(-1)?.gauges[dialect.redo.capacity];
  const rate = measured.measured.logMiBPerSecond;
  return capacity !== undefined && rate !== null && rate * mib * hour > capacity;
};

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

const tooSmall = (dialect: Dialect): FindingRule => ({
  id: "redo-log-nearly-full",
  severity: "caution",
  about: "the redo log is too small for what is written",
  find: (observed) => {
    const { capture, measured } = observed;
    const { redoInUseShare: share, logMiBPerSecond: rate } = measured.measured;
    if (share === null || share < nearlyFull || !goesRoundInAnHour(dialect, observed)) return [];
    const setting = dialect.flavour.redoSetting;
    return [
      {
        title: "the redo log is too small for what is written",
        explanation:
          "When it runs full, pages are flushed before their time and commits wait. A page that changes often is then written more often, and on CoW data each time to a new extent.",
        evidence: [
          { source: "redo log in use, at its fullest", found: percent(share) },
          { source: setting, found: capture.settings[setting] ?? "unknown" },
          { source: "log written", found: `${rate} MiB/s` },
        ],
        migration: [
          `SET GLOBAL ${setting}, and in the server's configuration: an hour of log, ${Math.ceil((rate ?? 0) * hour)} MiB at this rate, as far as the disk and the time of a recovery allow`,
        ],
      },
    ];
  },
});

const logWaits: FindingRule = {
  id: "redo-buffer-too-small",
  severity: "note",
  about: "transactions waited for room in the log buffer",
  find: ({ capture: { samples } }) => {
    const name = "Innodb_log_waits";
    const grown = (samples.at(-1)?.counters[name] ?? 0) - (samples[0]?.counters[name] ?? 0);
    if (grown <= 0) return [];
    return [
      {
        title: "transactions waited for room in the log buffer",
        explanation: "They change more than innodb_log_buffer_size holds, and wait while it is written.",
        evidence: [{ source: name, found: `${grown} in the window` }],
        migration: ["innodb_log_buffer_size = 64M in the server's configuration"],
      },
    ];
  },
};

export const redoRules = (dialect: Dialect): readonly FindingRule[] => [tooSmall(dialect), logWaits];
