import process from "node:process";
import { execaSync } from "execa";
import { inputs, nixEval } from "../../offline-inputs.ts";

export const hasShellcheck = execaSync("shellcheck", ["--version"], { reject: false }).failed === false;
if (!hasShellcheck)
  process.stderr.write(
    "\nshellcheck is not on the PATH: the snapshot scripts are NOT CHECKED; install shellcheck.\n",
  );

export interface Unit {
  readonly script: string;
  readonly preStart: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly requires: readonly string[];
  readonly wants: readonly string[];
  readonly requiredBy: readonly string[];
  readonly unitConfig: Readonly<Record<string, readonly string[] | string>>;
  readonly serviceConfig: Readonly<Record<string, unknown>>;
}

export interface Observation {
  readonly failedAssertions: readonly string[];
  readonly warnings: readonly string[];
  readonly services: {
    readonly btrbk: { readonly instances: Readonly<Record<string, unknown>> };
    readonly prometheus: { readonly ruleFiles: readonly string[]; readonly nodeFlags: readonly string[] };
    readonly grafana: {
      readonly enable: boolean;
      readonly dashboards: { readonly settings: { readonly providers: readonly unknown[] } | null };
    };
    readonly litestream: unknown;
    readonly pgbackrest: unknown;
    readonly patroni: { readonly settings: { readonly postgresql: Readonly<Record<string, unknown>> } };
    readonly postgresql: {
      readonly authentication: string;
      readonly settings: Readonly<Record<string, unknown>>;
    };
    readonly postgresqlBackup: unknown;
  };
  readonly firewall: { readonly extraCommands: string; readonly extraInputRules: string };
  readonly groups: readonly string[];
  readonly environment: {
    readonly etc: Readonly<Record<string, { readonly text: string | null; readonly source: string | null }>>;
  };
  readonly systemd: {
    readonly services: Readonly<Record<string, Unit>>;
    readonly timers: Readonly<Record<string, { readonly timerConfig: unknown }>>;
    readonly sockets: Readonly<
      Record<string, { readonly listenStreams: readonly string[]; readonly socketConfig: unknown }>
    >;
    readonly tmpfiles: { readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  };
}

export interface Cases {
  readonly documented: number;
  readonly undocumented: readonly string[];
  readonly sound: Readonly<Record<string, Observation>>;
  readonly broken: Readonly<Record<string, readonly string[]>>;
}

const expression =
  "{ lib, disko, repository, ... }: import (repository + /checks/eval/cases) { inherit lib disko; }";

/** Every configuration of ../cases, evaluated; empty where Nix or its inputs are missing. */
export const cases: Cases =
  inputs === null
    ? { documented: 0, undocumented: [], sound: {}, broken: {} }
    : ((await nixEval(expression)) as Cases);

export const observed = (name: string): Observation => {
  const found = cases.sound[name];
  if (found === undefined) throw new Error(`checks/eval/cases has no sound case ${name}`);
  return found;
};

export const unit = (name: string, service: string): Unit => {
  const found = observed(name).systemd.services[service];
  if (found === undefined) throw new Error(`${name} has no service ${service}`);
  return found;
};
