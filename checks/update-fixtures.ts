/**
 * `npm run update-fixtures`: writes expected/ of every fixture and every fleet, the host template's files and
 * docs/examples.md anew; git shows what changed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeSet } from "../generator/output/write-set.ts";
import { examplesPage } from "./examples-page.ts";
import { examplesFile, fixtureNames, hostTemplate, loadFixture } from "./fixtures.ts";
import { fleetNames, loadFleet } from "./fleets.ts";

const fixtures = fixtureNames.map(loadFixture);
for (const { expected, golden } of [...fixtures, hostTemplate()]) writeSet(expected, golden);
const fleets = fleetNames.map(loadFleet);
for (const { expected, fragment, hosts } of fleets) {
  for (const host of hosts) writeSet(host.expected, host.golden);
  mkdirSync(expected, { recursive: true });
  writeFileSync(join(expected, "fleet.nix"), fragment);
}
writeFileSync(examplesFile, examplesPage(fixtures, fleets));
