import type { Engine } from "../schema.ts";
import type { Check } from "./check-spec.ts";

/** NixOS has one service for each of these, so a host runs one server of each. */
const services: Readonly<Record<string, readonly Engine[]>> = {
  "services.postgresql": ["postgresql"],
  "services.mysql": ["mysql", "mariadb"],
};

export const serverChecks: Check = (spec) =>
  Object.entries(services).flatMap(([service, engines]) => {
    const users = spec.databases
      .map((database, index) => ({ ...database, index }))
      .filter((database) => engines.includes(database.engine));
    return users.slice(1).map((database) => ({
      path: ["databases", database.index, "engine"],
      found: `a second server under ${service}, beside ${users[0]?.name}`,
      allowed: `one: NixOS runs a single ${service} on a host`,
      fix: "Put both databases into one entry with their sizes added: one server holds many databases.",
    }));
  });
