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

export const colourWishes = ["auto", "always", "never"] as const;
export type ColourWish = (typeof colourWishes)[number];

/**
 * Colours as `--color` wants them. By itself: for a terminal, unless NO_COLOR (no-color.org) says no; FORCE_COLOR brings
 * them to pipes and files.
 */
export const styleFor = (
  stream: { isTTY?: boolean },
  environment: NodeJS.ProcessEnv,
  wish: ColourWish = "auto",
): Style => {
  const wanted = wish === "auto" ? wantsColour(stream, environment) : wish === "always";
  return wanted ? terminalStyle : plainStyle;
};

/** Decided here and not by styleText, which takes an empty NO_COLOR for a no and warns where both are set. */
function wantsColour(
  stream: { isTTY?: boolean },
  { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv,
): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return stream.isTTY === true && TERM !== "dumb";
}

/** What `--color` asks for, read before anything else, so that a mistake in the rest is told in that colour too. */
export function colourWishIn(args: readonly string[]): ColourWish {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  const at = options.findIndex((arg) => arg === "--color" || arg.startsWith("--color="));
  const value = options[at] === "--color" ? options[at + 1] : options[at]?.slice("--color=".length);
  return colourWishes.find((wish) => wish === value) ?? "auto";
}
