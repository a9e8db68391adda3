import { plainStyle, type Style } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import { type ColourWish, styleFor } from "./colour.ts";

export interface Output {
  /** Resolves when the text is handed over. */
  write(text: string): Promise<void>;
  style: Style;
}

/** What a command may read and write: the product goes to standard output, all talk to standard error. */
export interface Streams {
  input: AsyncIterable<Uint8Array>;
  inputIsTerminal: boolean;
  /** Somebody to ask; null where standard input or standard error is no terminal. */
  openTerminal: (() => Promise<Terminal>) | null;
  product: Output;
  log: Output;
}

/** A person at a keyboard. */
export interface Terminal {
  say(text: string): void;
  /** A line without its end; null where the input has ended. */
  ask(prompt: string): Promise<string | null>;
  close(): void;
}

export const processStreams = (wish: ColourWish): Streams => ({
  input: process.stdin,
  inputIsTerminal: process.stdin.isTTY === true,
  openTerminal:
    process.stdin.isTTY && process.stderr.isTTY
      ? async () => (await import("./terminal.ts")).openTerminal()
      : null,
  product: outputTo(process.stdout, wish, refuse),
  log: outputTo(process.stderr, wish, () => undefined),
});

export const silent: Output = { write: () => Promise.resolve(), style: plainStyle };

type WriteError = NodeJS.ErrnoException;

/**
 * A reader that has left (EPIPE, as after `| head`) is no error: the rest of the text has nowhere to go.
 * `failureOf` turns other errors into what to throw, or undefined to go on.
 */
function outputTo(
  stream: NodeJS.WriteStream,
  wish: ColourWish,
  failureOf: (error: WriteError) => Error | undefined,
): Output {
  stream.on("error", () => {});
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      stream.write(text, (error: WriteError | null | undefined) => {
        const failure = error && !readerHasLeft(error) ? failureOf(error) : undefined;
        failure ? reject(failure) : resolve();
      });
    });
  return { write, style: styleFor(stream, process.env, wish) };
}

const readerHasLeft = ({ code }: WriteError) => code === "EPIPE" || code === "ERR_STREAM_DESTROYED";

const refuse = (error: WriteError): Error =>
  new Refusal(
    [
      {
        file: "standard output",
        pointer: "",
        found: `a write error: ${error.message}`,
        allowed: "",
        fix: "send the output elsewhere, or make room for it",
      },
    ],
    { cause: error },
  );
