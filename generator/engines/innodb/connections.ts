import type { EngineFacts } from "../types.ts";

/** Close to the servers' default of 151 where no class says otherwise: threads are cheap until many run at once. */
export const innodbConnections: EngineFacts["defaultConnections"] = {
  oltp: 200,
  append: 100,
  analytics: 40,
  "read-mostly": 200,
  queue: 100,
  mixed: 150,
};
