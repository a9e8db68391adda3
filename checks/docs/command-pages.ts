import type { Options } from "../../generator/cli/args.ts";
import { commonOptions, loadAll, type NamedCommand } from "../../generator/cli/command.ts";
import { commands } from "../../generator/cli/commands.ts";
import { environmentVariables } from "../../generator/cli/environment.ts";
import { optionForms, usageLines } from "../../generator/cli/help.ts";
import { exitStatusMeanings } from "../../generator/exit-status.ts";
import { formatProblems } from "../../generator/problem.ts";
import type { DocumentedCommandOption } from "../../generator/render/docs/views.ts";
import {
  renderDocsCommandMd,
  renderDocsCommandsIndexMd,
} from "../../generator/render/templates.generated.ts";
import { parseSpec } from "../../generator/spec/parse.ts";
import type { Page } from "./option-pages.ts";

const documented = (options: Options): DocumentedCommandOption[] =>
  Object.entries(options).map(([name, option]) => ({
    forms: optionForms(name, option),
    summary: option.summary,
  }));

const own = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(commonOptions, name)));

const pageOf = ({ name, usage, about, options, examples }: NamedCommand): Page => ({
  path: `docs/cli/${name}.md`,
  text: renderDocsCommandMd({
    name,
    paragraphs: about.split("\n\n"),
    usage: usageLines(name, { usage }).join("\n"),
    options: documented(own(options)),
    examples: examples.map(([line, does]) => `# ${does}\n${line}\n`).join(""),
  }),
});

/** A real one, of a spec with a typing error. */
const problem = (): string => {
  const spec = { host: "db1", memoryGiB: 32, disks: [{ device: "/dev/sda", kind: "nmve", sizeGiB: 1000 }] };
  const databases = [{ name: "orders", engine: "postgresql", version: "17", sizeGiB: 200 }];
  const parsed = parseSpec(JSON.stringify({ ...spec, databases }), "db1.json");
  return parsed.ok ? "" : formatProblems(parsed.problems);
};

/** docs/cli: a page a command, and one that lists them. */
export const commandPages = async (): Promise<readonly Page[]> => {
  const all = await loadAll(commands);
  return [
    {
      path: "docs/cli/README.md",
      text: renderDocsCommandsIndexMd({
        commands: all.map(({ name, summary }) => ({ name, page: `${name}.md`, summary })),
        options: documented(commonOptions),
        problem: problem(),
        statuses: exitStatusMeanings.map(([status, meaning]) => ({ status, meaning })),
        variables: environmentVariables.map(([name, meaning]) => ({ name, meaning })),
      }),
    },
    ...all.map(pageOf),
  ];
};
