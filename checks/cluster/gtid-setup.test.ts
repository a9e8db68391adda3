import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const script = join(import.meta.dirname, "..", "..", "modules", "cluster", "gtid-setup.sh");
const root = mkdtempSync(join(tmpdir(), "dbtrfs-gtid-"));
afterAll(() => rmSync(root, { recursive: true }));

/** What clients are told once a server with these files in its data has started so. */
const toldTo = (member: "primary" | "replica", files: readonly string[]): string => {
  const [data, home] = [mkdtempSync(join(root, "data-")), mkdtempSync(join(root, "home-"))];
  for (const file of files) {
    if (file === "mysql") mkdirSync(join(data, file));
    else writeFileSync(join(data, file), "");
  }
  writeFileSync(join(home, "my.cnf"), "[mysql]\nof = an earlier start\n");
  const follows = member === "replica" ? "yes" : "";
  execFileSync("bash", ["-euc", `data=${data} follows=${follows}; . ${script}`], {
    env: { ...process.env, MYSQL_HOME: home },
  });
  return existsSync(join(home, "my.cnf")) ? readFileSync(join(home, "my.cnf"), "utf8") : "";
};

const unlogged = "[mysql]\ninit-command = SET sql_log_bin = 0\n";

test("what NixOS does on a replica is in no binary log, at any start", () => {
  expect(toldTo("replica", [])).toBe(unlogged);
  expect(toldTo("replica", ["mysql"])).toBe(unlogged);
});

test("on a primary only what it does at the first start, and at one that comes after a first start that failed", () => {
  expect(toldTo("primary", [])).toBe(unlogged);
  expect(toldTo("primary", ["mysql", "mysql_init"])).toBe(unlogged);
  expect(toldTo("primary", ["mysql"])).toBe("");
});
