import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const repository = join(import.meta.dirname, "../..");
const copy = mkdtempSync(join(tmpdir(), "dbtrfs-generate-"));

const at = (path: string): string => join(copy, path);
const read = (path: string): string => readFileSync(at(path), "utf8");

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

const generate = (...args: string[]) =>
  execa(process.execPath, ["generator/codegen/generate.ts", ...args], { cwd: copy, reject: false });

const template = (text: string): string => `{{!-- @param Basket from ../generator/basket.ts --}}\n${text}\n`;

/** A small repository: the real generators and contracts, with a template and a schema of its own. */
beforeAll(() => {
  for (const path of ["generator/codegen", "generator/render/nix", "checks/contract"]) {
    cpSync(join(repository, path), at(path), { recursive: true });
  }
  for (const path of ["package.json", "tsconfig.json", "escape.ts", "helpers.ts", "template-runtime.ts"]) {
    const from = path.endsWith(".json") ? path : `generator/render/${path}`;
    cpSync(join(repository, from), at(from));
  }
  symlinkSync(join(repository, "node_modules"), at("node_modules"));
  write(
    "generator/spec/json-schema.ts",
    "export const specJsonSchema = (): object => ({ type: 'object' });\n",
  );
  write(
    "generator/fleet/json-schema.ts",
    "export const fleetJsonSchema = (): object => ({ type: 'object' });\n",
  );
  write(
    "generator/evidence/json-schema.ts",
    "export const evidenceJsonSchema = (): object => ({ type: 'object' });\n",
  );
  write(
    "generator/analyze/capture/json-schema.ts",
    "export const captureJsonSchema = (): object => ({ type: 'object' });\n",
  );
  write(
    "generator/plan/types.ts",
    "export interface Plan { readonly host: string; readonly disks?: string[] }\n",
  );
  write("generator/basket.ts", "export interface Basket { readonly fruit: string }\n");
  write("templates/basket.md.hbs", template("{{fruit}}"));
});

afterAll(() => rmSync(copy, { recursive: true }));

const outputs = [
  "generator/render/options/nixos.generated.ts",
  "generator/render/options/disko.generated.ts",
  "generator/spec/spec.schema.json",
  "generator/fleet/fleet.schema.json",
  "generator/evidence/evidence.schema.json",
  "generator/analyze/capture/capture.schema.json",
  "generator/plan/plan.schema.json",
  "generator/render/templates.generated.ts",
];

test("--check names each missing file and the command that mends it, and writes none", async () => {
  const { exitCode, stderr } = await generate("--check");
  expect(exitCode).toBe(1);
  expect(stderr.split("\n")).toEqual(outputs.map((path) => `${path} is stale: run \`npm run generate\``));
  expect(outputs.filter((path) => existsSync(at(path)))).toEqual([]);
});

test("writes every file, all fresh afterwards and again the same", async () => {
  expect((await generate()).exitCode).toBe(0);
  expect(read("generator/spec/spec.schema.json")).toBe('{\n  "type": "object"\n}\n');
  expect(read("generator/render/templates.generated.ts")).toContain("out += `${markdown(view.fruit)}\\n`;");
  expect(await generate("--check")).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await generate()).toMatchObject({ exitCode: 0, stderr: "" });
});

test("--check sees a template that changed, and nothing else", async () => {
  write("templates/basket.md.hbs", template("# {{fruit}}"));
  const { exitCode, stderr } = await generate("--check");
  expect(exitCode).toBe(1);
  expect(stderr).toBe("generator/render/templates.generated.ts is stale: run `npm run generate`");
});

test("a template that does not compile is named, and the functions stay as they were", async () => {
  const before = read("generator/render/templates.generated.ts");
  write("templates/basket.md.hbs", template("{{fruits}}"));
  const { exitCode, stderr } = await generate();
  expect(exitCode).toBe(1);
  expect(stderr).toContain("templates/basket.md.hbs:2:3: Property 'fruits' does not exist on type 'Basket'.");
  expect(read("generator/render/templates.generated.ts")).toBe(before);
});

test("functions generated before a field was renamed do not compile", async () => {
  write("templates/basket.md.hbs", template("{{fruit}}"));
  await generate();
  write(
    "generator/analyze/capture/json-schema.ts",
    "export const captureJsonSchema = (): object => ({ type: 'object' });\n",
  );
  write(
    "generator/plan/types.ts",
    "export interface Plan { readonly host: string; readonly disks?: string[] }\n",
  );
  write("generator/basket.ts", "export interface Basket { readonly content: string }\n");
  const args = ["--noEmit", "--project", at("tsconfig.json")];
  const { stdout, exitCode } = await execa(
    process.execPath,
    [join(repository, "node_modules/typescript/bin/tsc"), ...args],
    {
      cwd: copy,
      reject: false,
    },
  );
  expect(exitCode).not.toBe(0);
  expect(stdout).toContain("templates.generated.ts");
  expect(stdout).toContain("Property 'fruit' does not exist on type 'Basket'");
});
