import { generatorName } from "../about.ts";
import type { Style } from "../problem.ts";
import { visible } from "../visible.ts";

/** For errors that nobody foresaw: what to send to the maintainers. */
export function bugReport(error: unknown, args: readonly string[], style: Style): string {
  return [
    `${style("alarm", "bug:")} ${generatorName} failed in a way that it should not, whatever the spec says.`,
    "Please report it to its maintainers, with the lines below and, if it may be shared, the spec.",
    "",
    visible(stackOf(error)),
    "",
    `command: ${visible(["dbtrfs", ...args].join(" "))}`,
    `node ${process.version} on ${process.platform} ${process.arch}`,
    "",
  ].join("\n");
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const cause = error.cause === undefined ? "" : `\nReason: ${stackOf(error.cause)}`;
  return `${error.stack ?? error}${cause}`;
}
