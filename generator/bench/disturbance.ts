import { readFileSync } from "node:fs";

/** Processor time in milliseconds, each counted from some moment in the past. */
export interface ProcessorTimes {
  /** Of all programs, the kernel's own work left out: whose that is, it does not say. */
  readonly programs: number;
  /** Of this process and of the clients that it waited for. */
  readonly own: number;
  /** What the hypervisor gave to other machines. */
  readonly stolen: number;
}

/** proc(5) counts in USER_HZ, which is 100 wherever Linux shows it. */
const tick = 10;

const numbersIn = (text: string): number[] => text.trim().split(/\s+/).map(Number);

/** @param stat /proc/stat @param self /proc/self/stat, whose second field may hold anything but a final ")" */
export const processorTimesIn = (stat: string, self: string): ProcessorTimes => {
  const [user = 0, nice = 0, , , , , , steal = 0] = numbersIn(/^cpu (.*)$/m.exec(stat)?.[1] ?? "");
  const fields = numbersIn(self.slice(self.lastIndexOf(")") + 1));
  // utime is the 14th field and cutime the 16th; two went before the bracket.
  return {
    programs: (user + nice) * tick,
    own: ((fields[11] ?? 0) + (fields[13] ?? 0)) * tick,
    stolen: steal * tick,
  };
};

export const processorTimes = (): ProcessorTimes =>
  processorTimesIn(readFileSync("/proc/stat", "utf8"), readFileSync("/proc/self/stat", "utf8"));

/**
 * How much of one processor others had meanwhile, other machines included: 0.5 is half of one.
 * @param serverMilliseconds what the server itself used, of the programs' time
 */
export const othersShare = (
  before: ProcessorTimes,
  after: ProcessorTimes,
  serverMilliseconds: number,
  seconds: number,
): number => {
  const others = after.programs - before.programs - (after.own - before.own) - serverMilliseconds;
  return Math.max(0, others + after.stolen - before.stolen) / (seconds * 1000);
};

/** A trial beside which somebody else had more is repeated: an idle machine's daemons stay far below. */
export const tolerated = 0.05;

const attempts = 3;

/**
 * The first result beside which others had no more than is tolerated; of three that were disturbed the least.
 * @param tell is told of each that does not count, or only for want of a better one
 */
export const undisturbed = async <T>(
  attempt: () => Promise<T>,
  shareOf: (result: T) => number,
  tell: (result: T) => Promise<void>,
): Promise<T> => {
  const results: T[] = [];
  for (;;) {
    const result = await attempt();
    if (shareOf(result) <= tolerated) return result;
    await tell(result);
    results.push(result);
    if (results.length === attempts)
      return results.reduce((least, one) => (shareOf(one) < shareOf(least) ? one : least));
  }
};
