import { expect, test } from "vitest";
import { planOf, postgresql } from "../decide/testing/plans.ts";
import { renderPartition } from "./disko-partition.ts";

/** The LUKS containers of a host with one disk, as disko gets them. */
const containers = (system: object) => {
  const plan = planOf([{ ...postgresql, override: { log: "in-place" } }], {
    system: { luks: true, ...system },
  });
  const contents = plan.disks.flatMap((disk) =>
    disk.partitions.map((partition) => renderPartition(plan, disk, partition).content),
  );
  return contents.filter((content) => content && "type" in content && content.type === "luks");
};

test("a container of databases alone does not keep the host from booting, one with the root does", () => {
  expect(containers({ root: "elsewhere" })).toMatchObject([{ settings: { crypttabExtraOpts: ["nofail"] } }]);
  const [root, ...others] = containers({});
  expect(root).toMatchObject({ settings: { allowDiscards: true } });
  expect(root).not.toHaveProperty("settings.crypttabExtraOpts", ["nofail"]);
  expect(others).toEqual([]);
});
