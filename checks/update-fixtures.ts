/** `npm run update-fixtures`: writes expected/ of every fixture anew; git shows what changed. */
import { writeSet } from "../generator/output/write-set.ts";
import { fixtureNames, loadFixture } from "./fixtures.ts";

for (const name of fixtureNames) {
  const { expected, files } = loadFixture(name);
  writeSet(expected, files);
}
