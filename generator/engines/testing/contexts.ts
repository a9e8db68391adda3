import { classProfiles } from "../../spec/workload-profile.ts";
import { parseVersion } from "../../version.ts";
import { settingExists } from "../setting-versions.ts";
import type { EngineFacts, SettingContext, SettingValue } from "../types.ts";

export type Changes = Partial<Omit<SettingContext, "version">> & { readonly version: string };

/** A situation without its class, which brings a profile and connections of its own. */
type Usual = Omit<SettingContext, "version" | "workload" | "profile" | "connections">;

/** A function that gives an engine's usual situation with an OLTP load, but for what is changed. */
export const contextsFrom =
  (connections: EngineFacts["defaultConnections"], usual: Usual) =>
  ({ version, workload = "oltp", ...changes }: Changes): SettingContext => ({
    ...usual,
    version: parseVersion(version),
    workload,
    profile: classProfiles[workload],
    connections: connections[workload],
    ...changes,
  });

/** Name and value of every setting that a context gives, in the order of the rules. */
export const settingsOf = (
  facts: EngineFacts,
  context: SettingContext,
): Readonly<Record<string, SettingValue>> =>
  Object.fromEntries(
    facts.settings
      .filter((rule) => settingExists(rule, context.version))
      .map((rule) => [rule.name, rule.value(context)] as const)
      .filter((entry): entry is [string, SettingValue] => entry[1] !== undefined),
  );
