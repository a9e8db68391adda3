import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import type { Sample } from "../capture/sample.ts";

export interface CaptureWindow {
  readonly seconds: number;
  readonly intervalSeconds: number;
}

/** Moments of the samples in seconds from the start: the start, each interval, the end. */
export const momentsOf = ({ seconds, intervalSeconds }: CaptureWindow): readonly number[] => {
  const count = Math.ceil(seconds / intervalSeconds);
  return Array.from({ length: count + 1 }, (_, index) => Math.min(index * intervalSeconds, seconds));
};

/** Sleeps; a signal ends it early, without an error. */
const sleep = async (seconds: number, signal: AbortSignal): Promise<void> => {
  if (seconds <= 0 || signal.aborted) return;
  await setTimeout(seconds * 1000, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
};

/** Takes a sample at each moment of the window. An aborted signal ends the window with a last sample, there and then. */
export const sampleWindow = async (
  window: CaptureWindow,
  take: () => Promise<Sample>,
  signal: AbortSignal,
): Promise<readonly Sample[]> => {
  const began = performance.now();
  const samples: Sample[] = [];
  for (const moment of momentsOf(window)) {
    await sleep(moment - (performance.now() - began) / 1000, signal);
    samples.push(await take());
    if (signal.aborted && samples.length > 1) break;
  }
  return samples;
};
