const seconds: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of a duration as specs write it: "30s", "5min", "1h", "7d", "2w". */
export const durationSeconds = (text: string): number => {
  const [, count, unit] = /^(\d+)(\w+)$/.exec(text) ?? [];
  const factor = seconds[unit ?? ""];
  if (count === undefined || factor === undefined) throw new Error(`no duration: ${text}`);
  return Number(count) * factor;
};
