import { BarChart, CustomChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { html } from "../../../render/escape.ts";
import { type Figure, inWords } from "./bars.ts";
import { heightOf, optionOf, width } from "./option.ts";
import { darkStyle } from "./palette.ts";

use([BarChart, CustomChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer, TitleComponent]);

/** Of zrender's painter, which ECharts hands no options on to but one: styles for a pointer are left out. */
interface Painter {
  renderToString(options: { readonly cssAnimation: boolean; readonly cssEmphasis: boolean }): string;
}

/** Marks for scripts in a page; and the space where a line was broken, which moves its end. */
const marks = / (?:ecmeta_\w+|pointer-events)="[^"]*"| (?=<\/text>)/g;

/** A shape without any colour, there to be pointed at. */
const box = /^<path .*(?:fill="none"|stroke-width="0")><\/path>$/;

const withoutUnseen = (svg: string): string =>
  svg
    .replace(marks, "")
    .split("\n")
    .filter((line) => !box.test(line))
    .join("\n");

const head = (figure: Figure): string[] => [
  `<title>${html(figure.title)}</title>`,
  `<desc>${html(inWords(figure))}</desc>`,
  `<style>${darkStyle}</style>`,
];

/** An SVG of the figure; the same figure gives the same text. */
export const draw = (figure: Figure): string => {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height: heightOf(figure) });
  try {
    chart.setOption(optionOf(figure));
    const painter = chart.getZr().painter as unknown as Painter;
    const svg = withoutUnseen(painter.renderToString({ cssAnimation: false, cssEmphasis: false }));
    const [start = "", ...shapes] = svg.trimEnd().split("\n");
    return `${[start.replace("<svg ", '<svg role="img" '), ...head(figure), ...shapes].join("\n")}\n`;
  } finally {
    chart.dispose();
  }
};
