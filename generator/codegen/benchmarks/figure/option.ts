import type { EChartsOption, LegendComponentOption, TitleComponentOption } from "echarts";
import { faint, nameWidth, rowAxes, valueAxis } from "./axes.ts";
import type { Figure } from "./bars.ts";
import { colour, type Kind, kindNames } from "./palette.ts";
import { barsOf, whiskersOf } from "./series.ts";

export const width = 840;
const row = 28;
const top = 30;
const bottom = 34;

const left = nameWidth + 10;
const alone = { left, width: 450 } as const;
const places = [
  { left, width: 282 },
  { left: 658, width: 102 },
] as const;

const placesOf = ({ panels }: Figure) => (panels.length === 1 ? [alone] : places);

export const heightOf = ({ names }: Figure): number => top + names.length * row + bottom;

const kindsOf = ({ kinds }: Figure): Kind[] =>
  (Object.keys(kindNames) as Kind[]).filter((kind) => kinds.includes(kind));

const legendOf = (kinds: readonly Kind[]): LegendComponentOption => ({
  bottom: 8,
  left: left - 4,
  padding: 0,
  itemGap: 44,
  itemWidth: 12,
  itemHeight: 12,
  selectedMode: false,
  data: kinds.map((kind) => ({ name: kindNames[kind], icon: "rect" })),
  textStyle: faint,
});

const titlesOf = (figure: Figure): TitleComponentOption[] =>
  figure.panels.map(({ title }, at) => ({
    text: title,
    left: placesOf(figure)[at]?.left ?? 0,
    top: 8,
    padding: 0,
    textStyle: { ...faint, fontWeight: "normal" },
  }));

/** Horizontal bars, a panel beside the other, with the rows' names on the left and their values on the right. */
export const optionOf = (figure: Figure): EChartsOption => {
  const { panels, names } = figure;
  const kinds = kindsOf(figure);
  const height = names.length * row;
  return {
    animation: false,
    backgroundColor: colour("paper"),
    textStyle: { fontFamily: "system-ui, sans-serif" },
    title: titlesOf(figure),
    legend: legendOf(kinds),
    grid: panels.map((_, at) => ({ ...placesOf(figure)[at], top, height, outerBoundsMode: "none" })),
    xAxis: panels.map((_, at) => valueAxis(at)),
    yAxis: panels.flatMap((panel, at) => rowAxes(figure, panel, at)),
    series: panels.flatMap((panel, at) => [...kinds.map(barsOf(figure, panel, at)), whiskersOf(panel, at)]),
  };
};
