/**
 * `npm run update-fixtures`: writes expected/ of every fixture, the host template's files and docs/examples.md anew;
 * git shows what changed.
 */
import { writeFileSync } from "node:fs";
import { writeSet } from "../generator/output/write-set.ts";
import { examplesPage } from "./examples-page.ts";
import { examplesFile, fixtureNames, hostTemplate, loadFixture } from "./fixtures.ts";

const fixtures = fixtureNames.map(loadFixture);
for (const { expected, golden } of [...fixtures, hostTemplate()]) writeSet(expected, golden);
writeFileSync(examplesFile, examplesPage(fixtures));
