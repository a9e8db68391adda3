import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { makePlan } from "../../generator/decide/make-plan.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import type { Plan } from "../../generator/plan/types.ts";
import { renderPlan } from "../../generator/render/render.ts";
import { parseSpec } from "../../generator/spec/parse.ts";
import {
  accountName,
  backupTarget,
  clusterAddress,
  clusterMember,
  databaseName,
  devicePath,
  directoryPath,
  hostName,
  nixAttribute,
  unitName,
} from "../../generator/spec/text.ts";
import { hasNix } from "../nix-available.ts";
import { type Field, fields, nasty, specWith } from "./hostile-spec.ts";

const evidence = builtInEvidence();

/** Texts of a form that a field demands: of the nasty ones hardly any would get past the spec. */
const lawful = (schema: z.ZodType) => fc.stringMatching(new RegExp(z.toJSONSchema(schema).pattern ?? ""));

const wellFormed: Partial<Record<Field, fc.Arbitrary<string>>> = {
  host: lawful(hostName),
  device: lawful(devicePath),
  name: lawful(databaseName),
  target: lawful(backupTarget),
  directory: lawful(directoryPath),
  user: lawful(accountName),
  group: lawful(accountName),
  unit: lawful(unitName),
  clusterName: lawful(databaseName),
  clusterMember: lawful(clusterMember),
  clusterAddress: lawful(clusterAddress),
  package: fc.oneof(lawful(nixAttribute), fc.constantFrom("if", "or", "rec", "a-b", "_")),
};

const textsFor = (field: Field): string[] => {
  const fitting = wellFormed[field];
  return [...fc.sample(nasty, 150), ...(fitting ? fc.sample(fitting, 50) : [])];
};

/** Parses what JSON can carry; a lone surrogate travels as an escape. */
const planOf = (field: Field, text: string): Plan | null => {
  const parsed = parseSpec(JSON.stringify(specWith(field, text)), "spec.json");
  return parsed.ok ? makePlan(parsed.spec, evidence) : null;
};

/** Where a plan says it, so that what Nix gives back can be compared. */
const inPlan = (plan: Plan) => ({
  hostName: plan.host,
  device: plan.disks[0]?.device,
  names: plan.databases.map((d) => d.name),
  setting: plan.databases[0]?.settings.find((s) => s.name === "log_line_prefix")?.value,
  warnings: plan.warnings
    .filter((w) => w.startsWith(`${plan.databases[0]?.name}: `))
    .map((w) => w.slice((plan.databases[0]?.name.length ?? 0) + 2)),
  target: plan.databases[0]?.backup?.target,
  directory: plan.databases[1]?.mountPoint,
  user: plan.databases[1]?.user,
  group: plan.databases[1]?.group,
  units: plan.databases[1]?.units,
  package: plan.databases[0]?.package,
  member: plan.databases[0]?.cluster?.member ?? null,
  address: plan.databases[0]?.cluster?.members[0]?.address ?? null,
});

const folder = mkdtempSync(join(tmpdir(), "dbtrfs-strings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nixOf = (index: number, plan: Plan): string => {
  const files = renderPlan(plan, "spec.json", evidence);
  for (const name of ["disko.nix", "configuration.nix"]) {
    writeFileSync(join(folder, `${index}-${name}`), files.find((f) => f.path === name)?.text ?? "");
  }
  const pkg = JSON.stringify(plan.databases[0]?.package);
  return `(observe ${pkg} ./${index}-configuration.nix ./${index}-disko.nix)`;
};

const observer = `
  let
    lib = { mkDefault = x: x; mkIf = _: x: x; mkForce = x: x; versionAtLeast = _: _: true; mkMerge = x: x; makeBinPath = _: ""; };
    pkgsOf = package: { e2fsprogs = "e2fsprogs"; \${package} = package; };
    observe = package: configuration: disko:
      let
        pkgs = pkgsOf package;
        c = import configuration { config = { services.postgresql.package.version = "17"; }; inherit lib pkgs; };
        d = (import disko { inherit lib pkgs; }).disko.devices.disk.disk1;
        instance = name: c.dbtrfs.instances.\${name};
        names = builtins.filter (n: (instance n).engine == "postgresql") (builtins.attrNames c.dbtrfs.instances);
        sqlite = builtins.head (builtins.filter (i: i.engine == "sqlite") (builtins.attrValues c.dbtrfs.instances));
        server = builtins.head names;
      in {
        hostName = c.networking.hostName;
        device = d.device;
        names = [ server ] ++ builtins.filter (n: n != server) (builtins.attrNames c.dbtrfs.instances);
        setting = c.services.postgresql.settings.log_line_prefix;
        warnings = (instance server).warnings or [ ];
        inherit ((instance server).backup) target;
        directory = sqlite.mountPoint;
        inherit (sqlite) user group units;
        package = c.services.postgresql.package;
        member = ((instance server).cluster or { member = null; }).member;
        address = if (instance server) ? cluster then (instance server).cluster.members.\${(instance server).cluster.member} else null;
      };
  in`;

const evaluate = async (plans: readonly Plan[]): Promise<unknown> => {
  const source = `${observer} [ ${plans.map((plan, i) => nixOf(i, plan)).join("\n")} ]`;
  writeFileSync(join(folder, "all.nix"), source);
  const { stdout } = await execa("nix-instantiate", [
    "--eval",
    "--strict",
    "--json",
    "--store",
    "dummy://",
    join(folder, "all.nix"),
  ]);
  return JSON.parse(stdout);
};

describe.skipIf(!hasNix)("a string of a spec", () => {
  test.each(fields)("%s comes back from Nix as it went in, or is refused", async (field) => {
    const plans = textsFor(field).flatMap((text) => planOf(field, text) ?? []);
    expect(plans.length).toBeGreaterThan(20);
    expect(await evaluate(plans)).toEqual(plans.map(inPlan));
  });
});

test("free text is kept, not refused: people write what they like in notes", () => {
  const text = "quotes \" ' '' and ${code}, $(rm), */, <b>, |, lines\nand 日本";
  expect(planOf("notes", text)?.notes).toBe(text);
  expect(planOf("databaseNotes", text)?.databases[0]?.notes).toBe(text);
});

test("a report shows free text as text: no heading, table, link or HTML comes out of it", () => {
  const text = "# heading\n| a | b |\n<script>alert(1)</script> [link](javascript:x) `code`";
  const plan = planOf("notes", text);
  const report = plan && renderPlan(plan, "spec.json", evidence).find((f) => f.path === "REPORT.md")?.text;
  expect(report).toContain("heading");
  expect(report).not.toMatch(/^# heading/m);
  expect(report).not.toContain("<script>");
  expect(report).not.toMatch(/(?<!\\)\]\(javascript:/);
});
