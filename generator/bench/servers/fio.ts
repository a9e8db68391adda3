import { join } from "node:path";
import { execa } from "execa";
import type { MakeServer, Observed, Place, Server } from "../server.ts";
import { find } from "./programs.ts";

/** What fio does in place of a part of a server. */
interface Pattern {
  readonly about: string;
  readonly directory: (place: Place) => string;
  readonly options: (place: Place) => readonly string[];
  /** Where fio reports what one write took until it was safe. */
  readonly latencies: "sync" | "write";
}

type Latencies = { readonly max?: number; readonly percentile?: Readonly<Record<string, number>> };

/** What is read of `fio --output-format=json`. */
interface Report {
  readonly jobs: readonly {
    readonly job_runtime: number;
    readonly write: { readonly total_ios: number; readonly clat_ns: Latencies };
    readonly sync: { readonly lat_ns: Latencies };
  }[];
}

/** As PostgreSQL writes its log: 8 KiB at a time over a file that is there, flushed each time, or written with O_DSYNC. */
const log: Pattern = {
  about: "8 KiB overwritten in order",
  directory: ({ volume }) => volume.logDirectory ?? volume.dataDirectory,
  options: ({ candidate }) => [
    "--rw=write",
    candidate.layout?.logSync === "open_datasync" ? "--sync=dsync" : "--fdatasync=1",
  ],
  latencies: "sync",
};

/** As a checkpoint writes tables: 8 KiB at random places of a large file, flushed now and then. */
const data: Pattern = {
  about: "8 KiB overwritten at random places, a flush after 256",
  directory: ({ volume }) => volume.dataDirectory,
  options: () => ["--rw=randwrite", "--fsync=256"],
  latencies: "write",
};

const percentiles = ({ percentile = {}, max = 0 }: Latencies): Observed["latency"] => {
  const at = (share: number) => (percentile[share.toFixed(6)] ?? 0) / 1e6;
  return { p50: at(50), p95: at(95), p99: at(99), max: max / 1e6 };
};

const makeFio =
  (pattern: Pattern): MakeServer =>
  async (place): Promise<Server> => {
    const { load, group, run } = place;
    const fio = await find("fio", "install fio");
    const file = join(pattern.directory(place), "pattern");
    const shape = [
      "--name=pattern",
      `--filename=${file}`,
      `--size=${load.scale}M`,
      "--bs=8k",
      "--overwrite=1",
    ];
    const command = (...more: string[]) => {
      const [program = "", ...args] = group.wrap([fio, "--output-format=json", ...shape, ...more]);
      return execa(program, args, { cwd: run });
    };
    let running: ReturnType<typeof command> | undefined;

    return {
      engine: "postgresql",
      version: `fio ${/\d+\.\d+/.exec((await execa(fio, ["--version"])).stdout)?.[0] ?? "of unknown version"}`,
      user: "root",
      settings: `${pattern.about}, ${load.scale} MiB`,
      create: async () => void (await command("--rw=write", "--end_fsync=1")),
      start: async () => undefined,
      stop: async () => undefined,
      kill: async () => void running?.kill("SIGKILL"),
      checkpoint: async () => undefined,
      discardLogs: async () => undefined,
      snapshot: async (number) => void (await place.volume.snapshot(number)),
      async run(seconds): Promise<Observed> {
        const seed = `--randseed=${load.seed}`;
        running = command(...pattern.options(place), "--time_based", `--runtime=${seconds}`, seed);
        const [job] = (JSON.parse((await running).stdout) as Report).jobs;
        if (job === undefined) throw new Error("fio reported no job");
        const { percentile } = job.sync.lat_ns;
        // A write with O_DSYNC is its own flush.
        const flushes = pattern.latencies === "sync" && percentile !== undefined;
        const latency = percentiles(flushes ? job.sync.lat_ns : job.write.clat_ns);
        return { transactions: job.write.total_ios, seconds: job.job_runtime / 1000, latency };
      },
    };
  };

export const fioLog = makeFio(log);
export const fioData = makeFio(data);
