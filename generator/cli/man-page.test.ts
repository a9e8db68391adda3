import { execa } from "execa";
import { expect, test } from "vitest";
import { exitStatusMeanings } from "../exit-status.ts";
import { loadAll } from "./command.ts";
import { commands } from "./commands.ts";
import { usageLines } from "./help.ts";
import { manPage } from "./man-page.ts";
import { hasPrograms } from "./testing/programs.ts";

const page = manPage(await loadAll(commands), "1.2.3");

test.skipIf(!hasPrograms(["mandoc"], "the linter of manuals is"))(
  "mandoc has nothing against it",
  async () => {
    const { stdout } = await execa("mandoc", ["-T", "lint"], { input: page, reject: false });
    // There is no date: two builds of one version give the same bytes.
    expect(stdout.split("\n").filter((line) => !line.includes("missing date"))).toEqual([]);
  },
);

const groff = hasPrograms(["groff"], "the manual as people read it is");

const read = async (): Promise<string> => {
  const { stdout, stderr } = await execa(
    "groff",
    ["-man", "-ww", "-T", "utf8", "-P", "-cbou", "-r", "LL=200n"],
    {
      input: page,
    },
  );
  expect(stderr).toBe("");
  return stdout;
};

test.skipIf(!groff)(
  "has every command with its usage, options and examples, and every exit status",
  async () => {
    const text = await read();
    for (const command of await loadAll(commands)) {
      const { name, options, examples } = command;
      expect(text).toContain(`   dbtrfs ${name}\n`);
      for (const line of usageLines(name, command)) expect(text).toContain(`       ${line}\n`);
      for (const option of Object.keys(options))
        expect(text).toMatch(new RegExp(`^ +(-\\w, )?--${option}\\b`, "m"));
      for (const [line, does] of examples) {
        expect(text).toContain(`       ${line}\n`);
        expect(text).toContain(`              ${does}\n`);
      }
    }
    for (const [status, meaning] of exitStatusMeanings)
      expect(text).toContain(`       ${String(status).padEnd(7)}${meaning}\n`);
  },
);

test.skipIf(!groff)("what shells treat specially comes out as it is typed", async () => {
  const text = await read();
  expect(text).toContain("jq '.memoryGiB = 64' db1.json | dbtrfs plan - --json\n");
  expect(text).toContain("dbtrfs completion fish > ~/.config/fish/completions/dbtrfs.fish\n");
});
