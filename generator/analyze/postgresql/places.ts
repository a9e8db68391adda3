import { join } from "node:path";
import * as z from "zod";
import type { StoragePlace } from "../capture/storage.ts";

/** What sql/describe.ts prints. */
export const serverReportSchema = z.object({
  settings: z.record(z.string(), z.string()),
  tablespaces: z.array(z.object({ name: z.string(), path: z.string() })),
  /** The other databases, the busiest first. */
  databases: z.array(z.string()),
  /** Whether the target's own has pg_stat_statements. */
  statements: z.boolean(),
});

export type ServerReport = z.infer<typeof serverReportSchema>;

/** The tablespaces that temporary files go to by default; without any they lie with the data. */
const temporary = ({ settings, tablespaces }: ServerReport): StoragePlace[] => {
  const names = (settings.temp_tablespaces ?? "").split(",").map((name) => name.trim().replaceAll('"', ""));
  return tablespaces
    .filter(({ name }) => names.includes(name))
    .map(({ name, path }) => ({ role: "temp", name, path }));
};

/** Where a server's files are, as it names them: pg_wal is often a symbolic link. */
export const placesOf = (report: ServerReport): readonly StoragePlace[] => {
  const data = report.settings.data_directory;
  if (data === undefined) return [];
  return [
    { role: "data", name: null, path: data },
    { role: "log", name: null, path: join(data, "pg_wal") },
    ...report.tablespaces.map(({ name, path }) => ({ role: "tablespace" as const, name, path })),
    ...temporary(report),
  ];
};
