import type { SettingRule } from "../engines/types.ts";
import type { Problem } from "../problem.ts";
import { canonicalName, withoutPrefix } from "./setting-names.ts";
import type { Situation } from "./situation.ts";

/** Settings that move files: placement is the plan's, or sandbox, mounts and snapshots would not know of it. */
const placementSettings = [
  "data_directory",
  "datadir",
  "config_file",
  "hba_file",
  "ident_file",
  "log_directory",
  "unix_socket_directories",
  "innodb_data_home_dir",
  "innodb_log_group_home_dir",
  "innodb_undo_directory",
  "innodb_doublewrite_dir",
  "innodb_temp_tablespaces_dir",
  "innodb_directories",
  "innodb_data_file_path",
  "innodb_temp_data_file_path",
  "innodb_tmpdir",
  "tmpdir",
  "relay_log",
  "relay_log_index",
  "log_bin",
  "log-bin",
  "log_bin_index",
  "aria_log_dir_path",
];

const problem = (s: Situation, name: string, found: unknown, allowed: string, fix: string): Problem => ({
  file: "",
  pointer: `/databases/${s.index}/override/settings/${name}`,
  found: JSON.stringify(found),
  allowed,
  fix,
});

const sameValue = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase();

/** Other spellings of a switch that servers take. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  on: ["on", "true", "1", "yes"],
  off: ["off", "false", "0", "no"],
};

const isAmong = (value: unknown, safe: readonly unknown[]): boolean =>
  safe.some((one) => {
    const group = Object.values(spellings).find((words) => words.includes(String(one).toLowerCase()));
    return sameValue(value, one) || group?.includes(String(value).toLowerCase()) === true;
  });

const unsafe = (s: Situation, name: string, rule: SettingRule, value: unknown): Problem[] => {
  const { onlySafe } = rule;
  const applies = onlySafe?.where?.(s.cluster) ?? true;
  if (!onlySafe || !applies || isAmong(value, onlySafe.values)) return [];
  const invariant = onlySafe.invariant === null ? "" : ` (invariant ${onlySafe.invariant})`;
  const allowed = `${onlySafe.values.join(", ")}: ${onlySafe.why}${invariant}`;
  return [problem(s, name, value, allowed, "Remove it from the override.")];
};

/** What is wrong with the settings that an override names. */
export const overrideProblems = (s: Situation): Problem[] =>
  Object.entries(s.database.override?.settings ?? {}).flatMap(([name, value]) => {
    if (placementSettings.map(canonicalName).includes(canonicalName(name))) {
      return [
        problem(
          s,
          name,
          value,
          "the plan's own placement: a path elsewhere is outside the sandbox, the mounts and the snapshots",
          "Remove it. Which attributes data and log have, and whether the log has a filesystem of its own, override.data and override.log say.",
        ),
      ];
    }
    const plain = withoutPrefix(name);
    if (s.facts.settings.some((r) => r.onlySafe && r.name === plain)) {
      return [problem(s, name, value, `the plain name, ${plain}`, "Name the setting without the prefix.")];
    }
    const rule = s.facts.settings.find((r) => canonicalName(r.name) === canonicalName(name));
    return rule ? unsafe(s, name, rule, value) : [];
  });
