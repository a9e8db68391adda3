import type { Observed } from "../server.ts";

/** Lines of `sysbench --histogram=on`: "       1.857 |**********         120". */
const bucket = /^\s*([\d.]+) \|\**\s+(\d+)$/;

/** Latencies in milliseconds below which half, 95 % and 99 % of the transactions lie. */
export const histogramPercentiles = (output: string): Observed["latency"] => {
  const buckets = output
    .split("\n")
    .map((line) => bucket.exec(line))
    .filter((match) => match !== null)
    .map(([, value, count]) => ({ value: Number(value), count: Number(count) }));
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const at = (share: number): number => {
    let seen = 0;
    for (const { value, count } of buckets) {
      seen += count;
      if (seen >= total * share) return value;
    }
    return 0;
  };
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: Number(/max:\s+([\d.]+)/.exec(output)?.[1] ?? 0),
  };
};
