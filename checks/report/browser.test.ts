import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixtureNames, loadFixture } from "../fixtures.ts";
import { chromiumPath } from "./chromium.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const folder = mkdtempSync(join(tmpdir(), "dbtrfs-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string): string => {
  const report = loadFixture(name).files.find(({ path }) => path === "report.html");
  const file = join(folder, `${name}.html`);
  writeFileSync(file, report?.text ?? "");
  return pathToFileURL(file).href;
};

interface Opened {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

const schemes = ["light", "dark"] as const;
const phone = { width: 390, height: 844 };

describe.skipIf(chromiumPath === undefined)("report.html in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath ?? "" });
  });
  afterAll(() => browser?.close());

  const opened = async (name: string, options: BrowserContextOptions = {}): Promise<Opened> => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(fileOf(name));
    return { page, complaints, requests };
  };

  /** With all that is folded away, and without the shadows at the edges of tables, which axe takes no contrast over. */
  const laidOpen = async (name: string, options: BrowserContextOptions): Promise<Page> => {
    const { page } = await opened(name, options);
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await page.addStyleTag({ content: ".scroll { background: none }" });
    return page;
  };

  const faultsOf = async (page: Page): Promise<readonly string[]> => {
    await page.evaluate(axe);
    const results = (await page.evaluate("axe.run()")) as AxeResults;
    return results.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  };

  test.each(fixtureNames)("%s opens without a complaint, and asks for nothing but itself", async (name) => {
    const { page, complaints, requests } = await opened(name);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([page.url()]);
    expect(await page.title()).toBe(`Storage plan for ${loadFixture(name).plan.host}`);
    await page.context().close();
  });

  describe.each(["three-engines", "mirror-integrity", "data-disks-only"])("%s", (name) => {
    test.each(schemes)("has no serious fault for those who read otherwise, %s", async (colorScheme) => {
      const page = await laidOpen(name, { colorScheme });
      expect(await faultsOf(page)).toEqual([]);
      await page.context().close();
    });

    test("fits a phone: tables scroll by themselves, the page does not", async () => {
      const page = await laidOpen(name, { viewport: phone });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(phone.width);
      await page.context().close();
    });

    test("prints what is folded away", async () => {
      const { page } = await opened(name);
      const visible =
        "[...document.querySelectorAll('details > .scroll')].map((one) => one.checkVisibility())";
      expect(new Set((await page.evaluate(visible)) as boolean[])).toEqual(new Set([false]));
      await page.emulateMedia({ media: "print" });
      expect(new Set((await page.evaluate(visible)) as boolean[])).toEqual(new Set([true]));
      await page.context().close();
    });
  });
});
