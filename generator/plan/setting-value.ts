import type { SettingValue } from "../engines/types.ts";
import type { PlannedDatabase } from "./types.ts";

export const settingOf = (database: PlannedDatabase, name: string): SettingValue | undefined =>
  database.settings.find((s) => s.name === name)?.value;

export const isOff = (value: unknown): boolean =>
  ["off", "false", "0", "no", "none"].includes(String(value).toLowerCase());
