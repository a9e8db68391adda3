import { describe, expect, test, vi } from "vitest";
import { check } from "./testing/in-memory.ts";

// The first check loads the compiler's own declarations.
vi.setConfig({ testTimeout: 60_000 });

const view = `
interface Disk { readonly device: string; readonly label?: string; readonly kind: "ssd" | "hdd" }
export interface View {
  readonly host: string;
  readonly note?: string;
  readonly swap: boolean;
  readonly disks: readonly Disk[];
  readonly boot?: { readonly device: string };
  readonly outcome: { readonly done: true; readonly size: number } | { readonly done: false; readonly why: string };
  readonly mounts: Readonly<Record<string, string>>;
  readonly settings: { readonly port: number; readonly on: boolean; readonly list: readonly string[] };
}`;

const compiles = (text: string, name = "main.md.hbs") => check({ [name]: text }, view);

describe("the compiler's errors are named with their place in the template", () => {
  test.each([
    ["# {{hosts}}", "2:5: Property 'hosts' does not exist on type 'View'. Did you mean 'host'?"],
    ["{{#each disks}}\n- {{code lable}}\n{{/each}}", "3:10: Property 'lable' does not exist on type 'Disk'."],
    ["{{#each disks as |disk|}}{{#if disk.gone}}x{{/if}}{{/each}}", "2:32: Property 'gone' does not exist"],
    [
      "{{note}}",
      "2:3: Argument of type 'string | undefined' is not assignable to parameter of type 'Printable'.",
    ],
    ["{{{note}}}", "2:4: Argument of type 'string | undefined'"],
    ["{{#if note}}{{else}}{{boot.device}}{{/if}}", "2:23: 'view.boot' is possibly 'undefined'."],
    ["{{swap}}", "2:3: Argument of type 'boolean' is not assignable"],
    ["{{disks}}", "2:3: Argument of type 'readonly Disk[]' is not assignable"],
    ["{{disks.0.device}}", "2:3: Object is possibly 'undefined'."],
    ["{{mounts.data}}", "2:3: Argument of type 'string | undefined'"],
    ["{{#each host}}x{{/each}}", "2:9: No overload matches this call."],
    ["{{round host 2}}", "2:9: Argument of type 'string' is not assignable to parameter of type 'number'."],
    [
      '{{#each disks}}{{#if (eq kind "tape")}}x{{/if}}{{/each}}',
      "2:26: This comparison appears to be unintentional",
    ],
  ])("%j", (text, message) => {
    expect(() => compiles(text)).toThrow(`templates/main.md.hbs:${message}`);
  });

  test("a type that its module does not export", () => {
    expect(() => check({ "main.md.hbs": "" }, "export interface Other { }")).toThrow(
      "templates/main.md.hbs:1:1: Module '\"./in-memory-view.ts\"' has no exported member 'View'.",
    );
  });

  test("a partial that gets what it cannot print", () => {
    const templates = { "main.md.hbs": "{{> row disks}}", "row.md.hbs": "{{host}}" };
    expect(() => check(templates, view)).toThrow(
      "templates/main.md.hbs:2:9: Argument of type 'readonly Disk[]'",
    );
  });
});

describe("conditions admit what may be missing", () => {
  test.each([
    "{{#if note}}{{note}}{{/if}}",
    "{{#if note}}{{#each disks}}{{../note}}{{/each}}{{/if}}",
    "{{#unless note}}none{{else}}{{note}}{{/unless}}",
    "{{#if boot}}{{boot.device}}{{else if note}}{{note}}{{/if}}",
    "{{#with boot}}{{device}} {{../host}}{{else}}{{host}}{{/with}}",
    "{{#each disks}}{{#if label}}{{label}}{{/if}}{{/each}}",
    "{{#if (eq outcome.done true)}}{{outcome.size}}{{else}}{{outcome.why}}{{/if}}",
    "{{#each mounts}}{{@key}} {{this}}{{/each}}{{#each mounts as |path name|}}{{name}} {{path}}{{/each}}",
    "{{#each disks}}{{@index}}{{/each}}{{#each disks}}x{{/each}}{{#each disks as |d i|}}{{i}}{{else}}none{{/each}}",
    "text alone",
    "",
  ])("%j", (text) => {
    expect(() => compiles(text)).not.toThrow();
  });
});

describe("Nix templates print any Nix value", () => {
  test("booleans, lists and sets compile; what may be missing does not", () => {
    expect(() => compiles("a = {{swap}}; b = {{settings}};", "main.nix.hbs")).not.toThrow();
    expect(() => compiles("a = {{note}};", "main.nix.hbs")).toThrow("templates/main.nix.hbs:2:7: ");
  });
});
