import { factsOf } from "../engines/index.ts";
import { persistentPragmas } from "../engines/sqlite/index.ts";
import type { Plan, PlannedDatabase, PlannedSetting } from "../plan/types.ts";
import { sql } from "./escape.ts";
import { headerOf } from "./header.ts";
import { renderSqliteSettingsSql } from "./templates.generated.ts";

export const sqliteDatabases = (plan: Plan): PlannedDatabase[] =>
  plan.databases.filter((d) => d.engine === "sqlite");

/** Path of a database's settings file, below the output directory and below /etc/dbtrfs. */
export const settingsFile = (database: PlannedDatabase): string => `sqlite/${database.name}.sql`;

export interface SqliteSettings {
  readonly header: string;
  readonly directory: string;
  readonly persistent: readonly Pragma[];
  readonly perConnection: readonly Pragma[];
  readonly duties: readonly string[];
}

export interface Pragma {
  readonly name: string;
  readonly value: string;
  readonly reason: string;
}

/** A comment of SQL ends with its line. */
const oneLine = (text: string) => text.replace(/\s+/g, " ");

/** Words and numbers stand as they are; pragmas of ours have no other values. */
const pragma = ({ name, value, reason }: PlannedSetting): Pragma => ({
  name,
  value: /^-?\w+$/.test(String(value)) ? String(value) : sql(String(value)),
  reason: oneLine(reason),
});

export const renderSqliteSettings = (database: PlannedDatabase, specName: string): string => {
  const isPersistent = (setting: PlannedSetting) => persistentPragmas.includes(setting.name);
  return renderSqliteSettingsSql({
    header: headerOf(`${database.name}.sql`, specName),
    directory: database.mountPoint,
    persistent: database.settings.filter(isPersistent).map(pragma),
    perConnection: database.settings.filter((setting) => !isPersistent(setting)).map(pragma),
    duties: factsOf("sqlite").ownerDuties.map((duty) => oneLine(duty.text)),
  });
};
