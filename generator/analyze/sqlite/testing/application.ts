import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";

export interface Done {
  readonly commits: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

export type Kind = "append" | "oltp" | "queue" | "read" | "scan";

/** An application in a process of its own that has a database open (load.ts). */
export interface Application {
  readonly pid: number;
  /** Has it work once; says what it did. */
  work(): Promise<Done>;
  /** Has it work again and again until it is called. */
  keepWorking(): () => Promise<void>;
  close(): Promise<void>;
}

/** @param count how often it does what it does for each time that it works */
export const startApplication = async (
  kind: Kind,
  path: string,
  count: number,
  pragmas: readonly string[] = ["journal_mode=WAL", "synchronous=NORMAL"],
): Promise<Application> => {
  const program = join(import.meta.dirname, "load.ts");
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", program, kind, path, `${count}`, ...pragmas],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the ${kind} load ended`);
    return value;
  };
  await next();
  const work = async (): Promise<Done> => {
    child.stdin.write("go\n");
    return JSON.parse(await next()) as Done;
  };
  return {
    pid: child.pid ?? 0,
    work,
    keepWorking: () => {
      let isWanted = true;
      const working = (async () => {
        while (isWanted) await work();
      })();
      return async () => {
        isWanted = false;
        await working;
      };
    },
    close: () =>
      new Promise((resolve) => {
        child.on("exit", () => resolve());
        child.stdin.end();
      }),
  };
};
