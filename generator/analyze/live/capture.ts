import { generatorName } from "../../about.ts";
import type { EngineAnalyzer, ServerDescription, Session } from "../analyzer.ts";
import type { Sample } from "../capture/sample.ts";
import { type Capture, captureVersion } from "../capture/schema.ts";
import { inspectStorage } from "../storage/inspect.ts";
import { inspectHost } from "./host.ts";
import { processCounters } from "./process-counters.ts";
import { type CaptureWindow, sampleWindow } from "./window.ts";

const elsewhere = "the server runs on another machine: run this there";

/** The session's sample, with what the kernel counts for the process. */
const takeSample = async (
  session: Session,
  pid: number | null,
  missing: Record<string, string>,
): Promise<Sample> => {
  const sample = await session.sample();
  if (pid === null) return sample;
  const kernel = processCounters(pid);
  Object.assign(missing, kernel.missing);
  return {
    ...sample,
    identity: { ...sample.identity, ...kernel.identity },
    counters: { ...sample.counters, ...kernel.counters },
  };
};

const surroundings = async ({
  local,
  places,
}: ServerDescription): Promise<Pick<Capture, "host" | "storage">> =>
  local
    ? { host: await inspectHost(), storage: await inspectStorage(places) }
    : { host: null, storage: null };

const processUnknown = ({ local, pid }: ServerDescription): Record<string, string> => {
  if (pid !== null) return {};
  const why = local ? "the server's process is not known" : elsewhere;
  return {
    "process.read_bytes": why,
    "process.write_bytes": why,
    "cgroup.rbytes": why,
    "cgroup.wbytes": why,
  };
};

/**
 * Captures a live database over a window. An aborted signal ends the window early. Throws what `connect` and the
 * session throw.
 */
export const captureLive = async (
  analyzer: EngineAnalyzer,
  target: string,
  window: CaptureWindow,
  signal: AbortSignal,
): Promise<Capture> => {
  const session = await analyzer.connect(target);
  try {
    const description = await session.describe();
    const missing = { ...processUnknown(description), ...description.missing };
    const samples = await sampleWindow(window, () => takeSample(session, description.pid, missing), signal);
    const { host, storage } = await surroundings(description);
    return {
      captureVersion,
      capturedBy: generatorName,
      engine: analyzer.engine,
      target,
      server: description.server,
      host,
      settings: description.settings,
      samples: [...samples],
      storage,
      missing: description.local ? missing : { ...missing, host: elsewhere, storage: elsewhere },
    };
  } finally {
    await session.close();
  }
};
