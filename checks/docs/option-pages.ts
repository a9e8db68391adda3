import type { DocumentedOption } from "../../generator/render/docs/views.ts";
import { code } from "../../generator/render/helpers.ts";
import { renderDocsModulesIndexMd, renderDocsOptionsMd } from "../../generator/render/templates.generated.ts";
import { type Area, areaOf, firstComment } from "./areas.ts";
import type { ModuleOption } from "./options.ts";

export interface Page {
  /** Below the repository. */
  readonly path: string;
  readonly text: string;
}

const documented = (option: ModuleOption): DocumentedOption => ({
  name: option.name,
  type: option.type,
  default:
    option.default === null
      ? undefined
      : option.default._type === "literalMD"
        ? option.default.text
        : code(option.default.text),
  example: option.example?.text,
  description: option.description.trim(),
  file: option.file,
});

const pageOf = ({ page, title, introducedBy }: Area, options: readonly ModuleOption[]): Page => ({
  path: `docs/modules/${page}.md`,
  text: renderDocsOptionsMd({
    title,
    introduction: firstComment(introducedBy),
    options: options.map(documented),
  }),
});

/** docs/modules: a page for each area of modules/, and one that lists them. */
export const optionPages = (options: readonly ModuleOption[]): readonly Page[] => {
  const files = Map.groupBy(options, ({ file }) => areaOf(file).introducedBy);
  const areas = [...files.values()].map((ofArea) => ({ area: areaOf(ofArea[0]?.file ?? ""), ofArea }));
  const entries = areas.map(({ area, ofArea }) => ({
    title: area.title,
    page: `${area.page}.md`,
    introduction: firstComment(area.introducedBy),
    count: ofArea.length,
  }));
  return [
    { path: "docs/modules/README.md", text: renderDocsModulesIndexMd({ pages: entries }) },
    ...areas.map(({ area, ofArea }) => pageOf(area, ofArea)),
  ];
};
