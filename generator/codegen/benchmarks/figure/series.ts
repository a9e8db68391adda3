import type { CustomSeriesOption, CustomSeriesRenderItem, SeriesOption } from "echarts";
import type { Bar, Figure, Panel } from "./bars.ts";
import { colour, type Kind, kindNames } from "./palette.ts";

const cap = 3;

/** From low to high, with a cap at each end. */
const whisker: CustomSeriesRenderItem = (_, api) => {
  const [low = 0, y = 0] = api.coord([api.value(0), api.value(2)]);
  const [high = 0] = api.coord([api.value(1), api.value(2)]);
  const points = [
    [low, y - cap],
    [low, y + cap],
    [low, y],
    [high, y],
    [high, y - cap],
    [high, y + cap],
  ];
  return {
    type: "polyline",
    shape: { points },
    style: { stroke: colour("text"), fill: "none", lineWidth: 1.2 },
  };
};

const valueIf = (bar: Bar | null, shown: boolean): number | "-" => (bar !== null && shown ? bar.value : "-");

/** The rows of one kind, so that the legend can name it; the others are left out. */
export const barsOf =
  (figure: Figure, { bars }: Panel, at: number) =>
  (kind: Kind): SeriesOption => ({
    type: "bar",
    name: kindNames[kind],
    xAxisIndex: at,
    yAxisIndex: at * 2,
    stack: `panel ${at}`,
    barWidth: "62%",
    itemStyle: { color: colour(kind) },
    data: bars.map((bar, index) => valueIf(bar, figure.kinds[index] === kind)),
  });

/** A line through all rows. */
const markLine = (xAxis: number) => ({
  symbol: "none",
  label: { show: false },
  lineStyle: { color: colour("faint"), type: "dashed" as const, width: 1 },
  data: [{ xAxis }],
});

/** Over the bars, with the line that marks what they are compared with. */
export const whiskersOf = ({ bars, mark }: Panel, at: number): CustomSeriesOption => ({
  type: "custom",
  xAxisIndex: at,
  yAxisIndex: at * 2,
  z: 3,
  renderItem: whisker,
  encode: { x: [0, 1], y: 2 },
  data: bars.flatMap((bar, index) => (bar?.range ? [[bar.range.low, bar.range.high, index]] : [])),
  ...(mark === null ? {} : { markLine: markLine(mark) }),
});
