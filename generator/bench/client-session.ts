import { createInterface } from "node:readline";
import { execa } from "execa";

/** What the statements print, a line each. Throws Error with what the client said where it ended. */
export type Ask = (statements: string) => Promise<string[]>;

const mark = "dbtrfs-done";

/**
 * One connection to a server, held over several statements: its locks and backups end with it, whatever happens.
 * @param command a client that reads statements from its input and prints rows as they come
 */
export const inSession = async (
  [program = "", ...args]: readonly string[],
  work: (ask: Ask) => Promise<void>,
): Promise<void> => {
  const client = execa(program, args, { buffer: { stdout: false }, reject: false });
  const lines = createInterface({ input: client.stdout })[Symbol.asyncIterator]();
  const ask: Ask = async (statements) => {
    client.stdin.write(`${statements}\nSELECT '${mark}';\n`);
    const answer: string[] = [];
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} ended: ${(await client).stderr}`);
      if (value === mark) return answer;
      answer.push(value);
    }
  };
  try {
    await work(ask);
  } finally {
    client.stdin.end();
    await client;
  }
};
