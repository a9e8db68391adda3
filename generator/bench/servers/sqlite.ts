import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { type MakeServer, type Observed, observed, type Server } from "../server.ts";

const driver = join(import.meta.dirname, "sqlite-driver.ts");

/** What the planner sets for small transactions that must be durable. */
const durable = { journal_mode: "WAL", synchronous: "FULL", cache_size: -65536 };

/** SQLite in a process of its own, as an application has it; the driver is the client as well. */
export const sqlite: MakeServer = async ({ volume, candidate, load, group }): Promise<Server> => {
  const path = join(volume.dataDirectory, "bench.db");
  const pragmas = Object.entries({ ...durable, ...candidate.variation }).map(
    ([name, value]) => `${name}=${value}`,
  );
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
    version: process.versions.sqlite ?? "unknown",
    user: "root",
    settings: pragmas.join(", "),
    create: async () => void (await drive("create", path, `${load.scale}`, ...pragmas)),
    // Whoever opens it first recovers it.
    start: async () => void (await drive("open", path, "0", ...pragmas)),
    stop: async () => undefined,
    kill: async () => {
      running?.kill("SIGKILL");
    },
    checkpoint: async () => void (await drive("checkpoint", path, "0", ...pragmas)),
    async run(seconds): Promise<Observed> {
      running = drive("run", path, `${seconds}`, `${load.seed}`, ...pragmas);
      const { stdout } = await running;
      return observed(JSON.parse(stdout as string) as number[], seconds);
    },
  };
};
