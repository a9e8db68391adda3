import { rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { plannedSettings } from "../planned-settings.ts";
import { type MakeServer, type Observed, observed, type Server } from "../server.ts";

const driver = join(import.meta.dirname, "sqlite-driver.ts");

/** An empty file in a NOCOW directory may still become CoW (chattr(1), C); SQLite takes it for a new database. */
const makeCowFile = async (path: string): Promise<void> => {
  await execa("touch", [path]);
  await execa("chattr", ["-C", path]);
};

/** SQLite in a process of its own, as an application has it; the driver is the client as well. */
export const sqlite: MakeServer = async (place): Promise<Server> => {
  const { volume, candidate, load, group, cacheMiB } = place;
  const path = join(volume.dataDirectory, "bench.db");
  const directories = { data: volume.dataDirectory, log: null, binlog: null };
  const version = process.versions.sqlite ?? "unknown";
  const planned = plannedSettings("sqlite", version, place, directories);
  const pragmas = Object.entries({
    ...planned,
    cache_size: -1024 * cacheMiB,
    ...candidate.variation.settings,
  }).map(([name, value]) => `${name}=${value}`);
  const drive = (...args: string[]) => {
    const [program = "", ...rest] = group.wrap([
      process.execPath,
      "--disable-warning=ExperimentalWarning",
      driver,
      ...args,
    ]);
    return execa(program, rest, { maxBuffer: 1 << 28 });
  };
  let running: ReturnType<typeof drive> | undefined;

  return {
    engine: "sqlite",
    version,
    user: "root",
    settings: pragmas.join(", "),
    create: async () => {
      if (candidate.variation.walNoCow) await makeCowFile(path);
      await drive("create", path, `${load.scale}`, ...pragmas);
    },
    // Whoever opens it first recovers it.
    start: async () => void (await drive("open", path, "0", ...pragmas)),
    stop: async () => undefined,
    kill: async () => {
      running?.kill("SIGKILL");
    },
    checkpoint: async () => void (await drive("checkpoint", path, "0", ...pragmas)),
    discardLogs: async () => rmSync(`${path}-wal`, { force: true }),
    // One subvolume holds all of it, and its WAL is what a power cut would leave.
    snapshot: async (number) => void (await volume.snapshot(number)),
    async run(seconds): Promise<Observed> {
      running = drive("run", path, `${seconds}`, `${load.seed}`, ...pragmas);
      const { stdout } = await running;
      return observed(JSON.parse(stdout as string) as number[], seconds);
    },
  };
};
