const periods: Readonly<Record<string, string>> = {
  h: "hourly",
  d: "daily",
  w: "weekly",
  m: "monthly",
  y: "yearly",
};

/** A retention of a spec in words: "24h 7d" is "24 hourly, 7 daily". */
export const retained = (keep: string): string =>
  keep
    .split(" ")
    .map((window) => `${window.slice(0, -1)} ${periods[window.slice(-1)] ?? window.slice(-1)}`)
    .join(", ");
