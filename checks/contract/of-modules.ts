import { join } from "node:path";
import { nixEval } from "../offline-inputs.ts";

export const modulesContractFile = join(import.meta.dirname, "dbtrfs.json");

/** What modules/ declares now, as dbtrfs.json holds it. Needs Nix and the inputs. */
export const modulesContract = (): Promise<unknown> =>
  nixEval(`{ lib, repository, ... }:
    import (repository + "/checks/contract/of-modules.nix") { inherit lib repository; }`);
