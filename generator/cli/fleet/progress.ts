import type { Output } from "../streams.ts";

const secondsBetweenLines = 2;

const timeLeft = (seconds: number): string =>
  seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

/** Says now and then how many hosts are done and how long the rest will take; nothing of a run that is short. */
export const progressOf = (total: number, log: Output) => {
  const began = performance.now();
  let said = began;
  let done = 0;
  return (more: number): void => {
    done += more;
    const now = performance.now();
    if (done === total || now - said < secondsBetweenLines * 1000) return;
    said = now;
    const left = ((now - began) / 1000 / done) * (total - done);
    void log.write(`${done} of ${total} hosts; ${timeLeft(left)} to go\n`);
  };
};
