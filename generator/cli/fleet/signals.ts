import { ProblemsError } from "../../problem.ts";

/** As a shell has it: 128 and the number of SIGINT. */
const interrupted = 130;

export const stopped = (fleet: string): ProblemsError =>
  new ProblemsError(
    [
      {
        file: fleet,
        pointer: "",
        found: "stopped by a signal; every host is whole, as it was or as it is planned now",
        allowed: "",
        fix: "run the same command again to go on",
      },
    ],
    interrupted,
  );

/** Runs `act` with what a first SIGINT or SIGTERM aborts; a second one ends the program. */
export const withSignals = async <T>(act: (stop: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    return await act(controller.signal);
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
  }
};
