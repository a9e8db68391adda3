import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const script = join(import.meta.dirname, "..", "..", "modules", "cluster", "galera-position.sh");
const data = mkdtempSync(join(tmpdir(), "dbtrfs-galera-"));
afterAll(() => rmSync(data, { recursive: true }));

const uuid = "e4d4170c-ea06-11f1-8937-1b4396e95b0c";
const stateOf = (seqno: number): string =>
  `# GALERA saved state\nversion: 2.1\nuuid:    ${uuid}\nseqno:   ${seqno}\nsafe_to_bootstrap: 0\n`;

/** grastate.dat after the script, with a server that says this when it is asked for its position. */
const after = (state: string, said: string): string => {
  const file = join(data, "grastate.dat");
  writeFileSync(file, state);
  const server = `server() { [ "$1" = --wsrep-recover ] && echo '${said}' >&2; }; server=(server)`;
  execFileSync("bash", ["-euc", `data=${data}; ${server}; . ${script}`]);
  return readFileSync(file, "utf8");
};

const recovered = (position: string): string =>
  `2026-11-27  2:06:11 0 [Note] WSREP: Recovered position: ${position}`;

test("after a crash grastate.dat says how far InnoDB came", () => {
  expect(after(stateOf(-1), recovered(`${uuid}:40269`))).toBe(stateOf(40269));
});

test("what was written at a clean stop stays", () => {
  expect(after(stateOf(7), recovered(`${uuid}:40269`))).toBe(stateOf(7));
});

test.each([
  ["another cluster's", recovered("00000000-0000-0000-0000-000000000000:40269")],
  ["none", recovered(`${uuid}:-1`)],
  ["a server that says nothing of it", "[ERROR] Aborting"],
])("a position of no use (%s) leaves the member to ask for everything", (_, said) => {
  expect(after(stateOf(-1), said)).toBe(stateOf(-1));
});
