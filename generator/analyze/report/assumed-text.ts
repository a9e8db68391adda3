import type { Style } from "../../problem.ts";
import { show } from "../../spec/pointer.ts";
import type { Assumption } from "../spec/part.ts";
import { oneLine, paragraph } from "./text.ts";

const line = ({ pointer, value, why }: Assumption): string =>
  paragraph(`${oneLine(pointer)} ${value === null ? "left out" : oneLine(show(value))}: ${oneLine(why)}`, 2);

/** What of a written spec nobody measured. */
export const assumedText = (file: string, assumed: readonly Assumption[], style: Style): string =>
  assumed.length === 0
    ? ""
    : `${style("strong", `assumed in ${oneLine(file)}:`)}\n${assumed.map(line).join("")}`;
