import { packageGate, settingExists } from "../engines/setting-versions.ts";
import type { SettingContext, SettingRule } from "../engines/types.ts";
import type { Decision, PlannedSetting } from "../plan/types.ts";
import { decision } from "./decision.ts";
import { canonicalName } from "./setting-names.ts";
import type { Situation } from "./situation.ts";

const planned = (rule: SettingRule, context: SettingContext): PlannedSetting[] => {
  if (!settingExists(rule, context.version)) return [];
  const value = rule.value(context);
  if (value === undefined) return [];
  return [
    {
      name: rule.name,
      value,
      group: rule.group,
      reason: rule.reason(context),
      confidence: rule.confidence,
      sources: rule.sources,
      evidence: rule.evidence ?? [],
      packageVersion: packageGate(rule, context.version),
      overridden: false,
    },
  ];
};

/** A rule that sets nothing here still knows which package first has its setting. */
const gateOf = (s: Situation, name: string): string | null => {
  const rule = s.facts.settings.find((one) => one.name === name);
  return rule ? packageGate(rule, s.version) : null;
};

const overridden = (
  name: string,
  value: string | number | boolean,
  by: PlannedSetting | undefined,
  packageVersion: string | null,
): PlannedSetting => ({
  name,
  value,
  group: by?.group ?? "override",
  reason: `Set by the spec's override${by ? ` in place of ${String(by.value)}` : ""}.`,
  confidence: "documented",
  sources: [],
  evidence: [],
  packageVersion,
  overridden: true,
});

/** The settings that the rules give, with the owner's override laid over them; null in an override drops one. */
export const chooseSettings = (s: Situation, context: SettingContext): PlannedSetting[] => {
  const override = Object.fromEntries(
    Object.entries(s.database.override?.settings ?? {}).map(([name, value]) => [canonicalName(name), value]),
  );
  const fromRules = s.facts.settings.flatMap((rule) => planned(rule, context));
  const kept = fromRules.filter((setting) => !Object.hasOwn(override, setting.name));
  const added = Object.entries(override).flatMap(([name, value]) =>
    value === null
      ? []
      : [
          overridden(
            name,
            value,
            fromRules.find((setting) => setting.name === name),
            gateOf(s, name),
          ),
        ],
  );
  return [...kept, ...added];
};

export const settingDecisions = (s: Situation, settings: readonly PlannedSetting[]): Decision[] =>
  settings.map((setting, i) =>
    decision({
      id: `${s.database.name}.setting.${setting.name}`,
      title: `${s.database.name}: ${setting.name}`,
      pointer: `/databases/${s.index}/settings/${i}/value`,
      value: setting.value,
      reason: setting.reason,
      evidence: setting.evidence,
      sources: setting.sources,
      confidence: setting.confidence,
      overridden: setting.overridden,
    }),
  );
