import { allEngines, factsOf } from "../../engines/index.ts";

/** An engine by its own name, where results name it by dbtrfs's. */
export const titleOf = (name: string): string => {
  const known = allEngines.find((engine) => engine === name);
  return known === undefined ? name : factsOf(known).title;
};
