import { createInterface } from "node:readline";
import { execa } from "execa";

/** One connection to a server, held over several statements: locks and backups end with it. */
export interface ClientSession {
  /** What the statements print, a line each. Throws Error with what the client said where it ended. */
  ask(statements: string): Promise<string[]>;
  close(): Promise<void>;
}

const mark = "dbtrfs-done";

/** @param command a client that reads statements from its input and prints rows as they come */
export const openSession = ([program = "", ...args]: readonly string[]): ClientSession => {
  const client = execa(program, args, { buffer: { stdout: false }, reject: false });
  const lines = createInterface({ input: client.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (statements) => {
      client.stdin.write(`${statements}\nSELECT '${mark}';\n`);
      const answer: string[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`${program} ended: ${(await client).stderr}`);
        if (value === mark) return answer;
        answer.push(value);
      }
    },
    close: async () => {
      client.stdin.end();
      await client;
    },
  };
};
