/** Sizes as PostgreSQL's configuration writes them, and the rounding that people expect of them. */

const gibibyte = 1024;

/** GiB to MiB. */
export const inMebibytes = (gibibytes: number): number => gibibytes * gibibyte;

/**
 * Rounds a number of MiB down to eight steps a doubling (…, 14, 15, 16, 18, 20 …, 1792, 2048, 2304 …): a share
 * of the memory is a rule of thumb, and "5461MB" would claim more than that.
 */
export const roundMebibytes = (mebibytes: number): number => {
  const step = Math.max(1, 2 ** (Math.floor(Math.log2(mebibytes)) - 3));
  return Math.floor(mebibytes / step) * step;
};

/** MiB as a setting: 512 gives "512MB", 8192 gives "8GB". */
export const mebibytes = (count: number): string =>
  count >= gibibyte && count % gibibyte === 0 ? `${count / gibibyte}GB` : `${count}MB`;

/** GiB in a sentence, to one decimal: shares of the memory are seldom whole. */
export const inWords = (gibibytes: number): string => `${Number(gibibytes.toFixed(1))} GiB`;
