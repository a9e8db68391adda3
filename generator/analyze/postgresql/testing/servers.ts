import { existsSync, readdirSync } from "node:fs";
import { postgresql } from "../../../engines/postgresql/index.ts";
import { type InstalledServer, installedServers } from "../../../engines/testing/installed-servers.ts";

/** Debian keeps each series in a folder of its own. */
const debian = "/usr/lib/postgresql";

/** The servers that are installed here; without any, a test that is skipped says so. */
export const postgresqlServers = (): readonly InstalledServer[] =>
  installedServers(
    [{ name: "postgres", facts: postgresql, banner: /PostgreSQL/ }],
    existsSync(debian) ? readdirSync(debian).map((series) => `${debian}/${series}/bin`) : [],
  );
