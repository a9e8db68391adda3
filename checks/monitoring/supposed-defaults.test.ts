import { beforeAll, describe, expect, test } from "vitest";
import { supposedDefaults } from "../../generator/monitoring/thresholds.ts";
import { type ModuleOption, moduleOptions } from "../docs/options.ts";
import { inputs } from "../offline-inputs.ts";

describe.skipIf(inputs === null)("limits of alerts rest on defaults of the modules", () => {
  let options: readonly ModuleOption[];

  beforeAll(async () => {
    options = await moduleOptions();
  });

  test("and the modules have these defaults", () => {
    const found = options.filter(({ name }) => name in supposedDefaults);
    expect(found.map(({ name }) => name)).toContain("dbtrfs.instances.<name>.snapshots.maxPause");
    for (const { name, default: value } of found) expect(value?.text, name).toBe(supposedDefaults[name]);
  });
});
