import about from "../../package.json" with { type: "json" };
import { generatorName } from "../about.ts";
import { type Style, visible } from "../problem.ts";

/** Where package.json says that bugs go, once it does. */
const { bugs }: { version: string; bugs?: { url: string } } = about;

/** For errors that nobody foresaw: what to send to the maintainers, and where. */
export function bugReport(error: unknown, args: readonly string[], style: Style): string {
  const where = bugs ? ` at ${bugs.url}` : " to its maintainers";
  return [
    `${style("alarm", "bug:")} ${generatorName} failed in a way that it should not, whatever the spec says.`,
    `Please report it${where}, with the lines below and, if it may be shared, the spec.`,
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
