/** `npm run update-fixtures`: writes expected/ of every fixture, and the host template's files, anew; git shows what changed. */
import { writeSet } from "../generator/output/write-set.ts";
import { fixtureNames, hostTemplate, loadFixture } from "./fixtures.ts";

for (const { expected, files } of [...fixtureNames.map(loadFixture), hostTemplate()])
  writeSet(expected, files);
