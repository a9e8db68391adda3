import type { XAXisComponentOption, YAXisComponentOption } from "echarts";
import type { Figure, Panel } from "./bars.ts";
import { colour } from "./palette.ts";

/** Pixels for the names of rows. */
export const nameWidth = 286;
/** Lines are broken by a guess of their width, and fonts may be as much wider than that. */
const guessedWidth = nameWidth * 0.9;

export const text = { color: colour("text"), fontSize: 12, textBorderWidth: 0 } as const;
export const faint = { ...text, color: colour("faint") } as const;

export const valueAxis = (gridIndex: number): XAXisComponentOption => ({
  type: "value",
  gridIndex,
  min: 0,
  splitNumber: 4,
  axisLabel: { show: false },
  splitLine: { lineStyle: { color: colour("line") } },
});

const rowAxis = {
  type: "category",
  inverse: true,
  axisLine: { show: false },
  axisTick: { show: false },
} as const;

const nameAxis = ({ names }: Figure, gridIndex: number): YAXisComponentOption => ({
  ...rowAxis,
  gridIndex,
  data: [...names],
  axisLine: { show: true, onZero: false, lineStyle: { color: colour("faint") } },
  axisLabel: {
    ...text,
    show: gridIndex === 0,
    interval: 0,
    width: guessedWidth,
    overflow: "break",
    lineHeight: 13,
  },
});

/** Two for each panel: names on the left of the first; values on the right of each, where no whisker reaches. */
export const rowAxes = (figure: Figure, { bars }: Panel, gridIndex: number): YAXisComponentOption[] => [
  nameAxis(figure, gridIndex),
  {
    ...rowAxis,
    gridIndex,
    position: "right",
    data: bars.map((bar) => bar?.text ?? "–"),
    axisLabel: { ...text, interval: 0 },
  },
];
