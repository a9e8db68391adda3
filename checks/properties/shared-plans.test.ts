import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makePlan } from "../../generator/decide/make-plan.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import { namesOf, renamed, twinOf } from "../../generator/fleet/host-names.ts";
import { sharedPlans } from "../../generator/fleet/shared-plans.ts";
import { Refusal } from "../../generator/refusal.ts";
import { renderPlan } from "../../generator/render/render.ts";
import { parseSpec } from "../../generator/spec/parse.ts";
import type { Spec } from "../../generator/spec/schema.ts";
import { arbitrarySpec } from "./arbitrary-spec.ts";

const evidence = builtInEvidence();

const filesOf = (spec: Spec) => {
  try {
    return renderPlan(makePlan(spec, evidence), "fleet.json", evidence);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};

/** Short ones, such as cut labels make alike, and one beyond what a partition label holds. */
const hostNames = fc.constantFrom(
  ["db1", "db2", "os9"],
  ["orders-0001", "orders-0002", "webshop-eu1"],
  ["a", "b", "c"],
  ["btrfs", "zstd1", "plain"],
  [`${"x".repeat(40)}1`, `${"x".repeat(40)}2`, `${"y".repeat(40)}1`],
);

const device = (host: string, index: number) => `/dev/disk/by-id/nvme-${host}_${index}`;

test("hosts that share a plan get, byte for byte, what their own specs compile to", () => {
  let compared = 0;
  fc.assert(
    fc.property(arbitrarySpec, hostNames, (input, hosts) => {
      const parsed = parseSpec(JSON.stringify(input), "random.json");
      if (!parsed.ok || filesOf(parsed.spec) === null) return;
      const plansOf = sharedPlans(evidence, "fleet.json");
      for (const host of hosts) {
        const devices = parsed.spec.disks.map((_, index) => device(host, index));
        const spec = renamed(parsed.spec, { host, devices });
        expect(plansOf(spec)).toEqual(filesOf(spec));
        compared++;
      }
    }),
    { numRuns: 40 },
  );
  expect(compared).toBeGreaterThan(20);
}, 120_000);

test("members of a cluster, whose specs name them again, are each planned alone", () => {
  const plansOf = sharedPlans(evidence, "fleet.json");
  const roles = ["primary", "replica", "primary", "replica"];
  for (const role of roles) {
    const file = new URL(`../fixtures/cluster-streaming-${role}/spec.json`, import.meta.url);
    const parsed = parseSpec(readFileSync(file, "utf8"), "fleet.json");
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(plansOf(parsed.spec)).toEqual(filesOf(parsed.spec));
  }
});

test("a host and its twin have no character in common at any place", () => {
  const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  fc.assert(
    fc.property(name, fc.array(name), (host, disks) => {
      const names = { host, devices: disks.map((disk) => `/dev/disk/by-id/${disk}`) };
      const twin = twinOf(names);
      const pairs = [[names.host, twin.host], ...names.devices.map((own, at) => [own, twin.devices[at]])];
      for (const [own = "", other = ""] of pairs) {
        expect(other).toHaveLength(own.length);
        const inFolder = own.lastIndexOf("/") + 1;
        for (let at = inFolder; at < own.length; at++) expect(own[at] === other[at]).toBe(own[at] === "-");
      }
      expect(namesOf({ host, disks: [] })).toEqual({ host, devices: [] });
    }),
  );
});
