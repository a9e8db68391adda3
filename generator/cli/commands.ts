import type { CommandEntry } from "./command.ts";

export const commands: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "write a first spec for this machine",
    load: async () => (await import("./init-command.ts")).initCommand,
  },
  {
    name: "plan",
    summary: "compile a spec into a disko layout, a NixOS module and a report",
    load: async () => (await import("./plan-command.ts")).planCommand,
  },
  {
    name: "fleet",
    summary: "plan many hosts at once, and give them to the deployment tools",
    load: async () => (await import("./fleet-command.ts")).fleetCommand,
  },
  {
    name: "explain",
    summary: "say why a value of a plan is what it is",
    load: async () => (await import("./explain-command.ts")).explainCommand,
  },
  {
    name: "bench",
    summary: "measure layouts on a disk of this machine, as evidence for plans",
    load: async () => (await import("./bench-command.ts")).benchCommand,
  },
  {
    name: "analyze",
    summary: "measure a running database: its workload, its storage, what is wrong with it",
    load: async () => (await import("./analyze-command.ts")).analyzeCommand,
  },
  {
    name: "schema",
    summary: "print a JSON Schema, for editors and programs",
    load: async () => (await import("./schema-command.ts")).schemaCommand,
  },
  {
    name: "completion",
    summary: "print a script that completes command lines in bash, zsh or fish",
    load: async () => (await import("./completion-command.ts")).completionCommand,
  },
  {
    name: "man",
    summary: "print the manual page",
    load: async () => (await import("./man-command.ts")).manCommand,
  },
];
