import process from "node:process";
import { execa } from "execa";

/** What a program printed, and why it printed no more; null where it succeeded. */
export interface Answer {
  readonly stdout: string;
  readonly failure: string | null;
}

/** filefrag and btrfs lie where only root's PATH leads. */
const environment = {
  PATH: [process.env.PATH ?? "", "/usr/sbin", "/sbin", "/usr/bin", "/bin"].join(":"),
  LC_ALL: "C",
  TZ: "UTC",
};

const isRoot = process.getuid?.() === 0;

const refused = (program: string, stderr: string): string => {
  const words = stderr.split("\n").find((line) => line.trim() !== "") ?? "it failed without a word";
  const advice = !isRoot && /denied|permitted/i.test(words) ? "; root may" : "";
  return `${program}: ${words.replace(`${program}: `, "").trim()}${advice}`;
};

/** Runs a program that only reads. What it printed before it failed is kept. */
export const ask = async (program: string, args: readonly string[], timeoutSeconds = 60): Promise<Answer> => {
  const { failed, stdout, stderr, code, timedOut } = await execa(program, args, {
    env: environment,
    reject: false,
    stdin: "ignore",
    stripFinalNewline: false,
    timeout: timeoutSeconds * 1000,
  });
  if (!failed) return { stdout, failure: null };
  if (code === "ENOENT") return { stdout: "", failure: `${program} is not installed` };
  if (timedOut) return { stdout: stdout ?? "", failure: `${program} took longer than ${timeoutSeconds} s` };
  return { stdout: stdout ?? "", failure: refused(program, stderr ?? "") };
};
