import { styleText } from "node:util";
import { type Look, plainStyle, type Style } from "../problem.ts";

const formats: Record<Look, Parameters<typeof styleText>[0]> = {
  alarm: ["bold", "red"],
  caution: "yellow",
  good: "green",
  strong: "bold",
  faint: "dim",
};

const terminalStyle: Style = (look, text) => styleText(formats[look], text, { validateStream: false });

/** Colours for a terminal, unless NO_COLOR (no-color.org) says no; FORCE_COLOR brings them to pipes and files. */
export const styleFor = (stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): Style =>
  wantsColour(stream, environment) ? terminalStyle : plainStyle;

/** Decided here and not by styleText, which takes an empty NO_COLOR for a no and warns where both are set. */
function wantsColour(
  stream: { isTTY?: boolean },
  { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv,
): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return stream.isTTY === true && TERM !== "dumb";
}
