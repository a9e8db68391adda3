import { inMebibytes, roundMebibytes } from "../sizes.ts";
import type { SettingContext } from "../types.ts";
import { poolMiB } from "./buffer-pool.ts";
import type { Flavour } from "./flavour.ts";
import { between } from "./sizes.ts";

const leastMiB = 128;
const mostMiB = inMebibytes(16);
const secondsAnHour = 3600;

/** An hour of what was measured; unmeasured, a quarter of the buffer pool, which is what MySQLTuner looks for. */
const wantedMiB = (flavour: Flavour, context: SettingContext): number => {
  const rate = context.profile.logMiBPerSecond;
  return rate === undefined ? poolMiB(flavour, context) / 4 : rate * secondsAnHour;
};

/** What the disk can spare: half of the log's own filesystem, or an eighth of what the data takes. */
const spareMiB = ({ logFilesystemGiB, sizeGiB }: SettingContext): number =>
  logFilesystemGiB === null
    ? Math.max(leastMiB, inMebibytes(sizeGiB) / 8)
    : inMebibytes(logFilesystemGiB) / 2;

/** Size of the redo log in MiB. */
export const redoMiB = (flavour: Flavour, context: SettingContext): number => {
  const most = Math.min(mostMiB, spareMiB(context));
  return roundMebibytes(between(Math.min(leastMiB, most), wantedMiB(flavour, context), most));
};

/** What decided the size, as a clause of a sentence. */
export const redoBound = (flavour: Flavour, context: SettingContext): string => {
  const { profile, logFilesystemGiB } = context;
  if (wantedMiB(flavour, context) > mostMiB && spareMiB(context) > mostMiB)
    return "16 GiB, beyond which recovery only grows longer";
  if (wantedMiB(flavour, context) > spareMiB(context))
    return logFilesystemGiB === null
      ? "an eighth of the data"
      : `half of the log's own filesystem of ${logFilesystemGiB} GiB`;
  return profile.logMiBPerSecond === undefined
    ? "a quarter of the buffer pool, the ratio that MySQLTuner looks for, because the write rate is unknown"
    : `an hour of redo at the measured ${profile.logMiBPerSecond} MiB/s`;
};
