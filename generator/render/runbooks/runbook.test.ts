import { expect, test } from "vitest";
import { renderReportRunbookHtml } from "../templates.generated.ts";
import type { RunbookBlock } from "./runbook.ts";

const shown = (...blocks: RunbookBlock[]): string =>
  renderReportRunbookHtml({ id: "full", title: "The disk is full", sections: [{ title: "First", blocks }] });

test("a runbook has an anchor, and its sections have titles where they are given one", () => {
  expect(shown()).toContain('<summary><h3 id="full-title">The disk is full</h3></summary>\n<h4>First</h4>\n');
  const untitled = { id: "full", title: "x", sections: [{ title: undefined, blocks: [] }] };
  expect(renderReportRunbookHtml(untitled)).not.toContain("<h4>");
});

test.each<[RunbookBlock, string]>([
  [{ kind: "text", text: "a < b" }, "<p>a &lt; b</p>"],
  [{ kind: "list", items: ["a", "b & c"] }, "<ul>\n<li>a</li>\n<li>b &amp; c</li>\n</ul>"],
  [{ kind: "steps", items: ["first", "then"] }, "<ol>\n<li>first</li>\n<li>then</li>\n</ol>"],
  [
    { kind: "commands", id: "x", commands: "cat <<'E'\n  x\nE", untried: undefined },
    '<pre tabindex="0"><code>cat &lt;&lt;&#39;E&#39;\n  x\nE</code></pre>',
  ],
  [{ kind: "table", head: ["sign"], rows: [["<b>"]] }, "<tr><td>&lt;b&gt;</td></tr>"],
])("%j is shown as what it is", (block, html) => {
  expect(shown(block)).toContain(html);
});
