import { inMebibytes } from "../sizes.ts";

const gibibyte = inMebibytes(1);

/** MiB as an option file of mysqld writes it: 512 gives "512M", 8192 gives "8G". */
export const optionSize = (mebibytes: number): string =>
  mebibytes >= gibibyte && mebibytes % gibibyte === 0 ? `${mebibytes / gibibyte}G` : `${mebibytes}M`;

/**
 * Rounds MiB down to whole GiB from 8 GiB on, to 256 MiB from 1 GiB on and to 32 MiB below. MySQL rounds a buffer
 * pool up to chunks of 128 MiB times its instances; whole GiB leave it nothing to round.
 */
export const roundPool = (mebibytes: number): number => {
  const step = mebibytes >= 8 * gibibyte ? gibibyte : mebibytes >= gibibyte ? gibibyte / 4 : 32;
  return Math.floor(mebibytes / step) * step;
};

export const between = (least: number, value: number, most: number): number =>
  Math.max(least, Math.min(value, most));
