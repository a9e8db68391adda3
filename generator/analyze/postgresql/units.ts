const byteFactors: Readonly<Record<string, number>> = {
  B: 1,
  kB: 2 ** 10,
  MB: 2 ** 20,
  GB: 2 ** 30,
  TB: 2 ** 40,
};
const secondFactors: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 };

const amount = (text: string, factors: Readonly<Record<string, number>>): number | null => {
  const [, count, unit = ""] = /^(\d+)([A-Za-z]+)$/.exec(text) ?? [];
  const factor = factors[unit];
  return count === undefined || factor === undefined ? null : Number(count) * factor;
};

/** Bytes of a setting as the server shows it, "1GB"; null for what is none (config-setting.html, "Numeric with Unit"). */
export const bytesIn = (text: string): number | null => amount(text, byteFactors);

/** Seconds of a setting as the server shows it, "5min"; null for what is none. */
export const secondsIn = (text: string): number | null => amount(text, secondFactors);
