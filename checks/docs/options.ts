import { nixEval } from "../offline-inputs.ts";

interface Literal {
  readonly _type: string;
  readonly text: string;
}

/** An option of modules/, as options.nix reads it. */
export interface ModuleOption {
  readonly name: string;
  readonly type: string;
  readonly default: Literal | null;
  readonly example: Literal | null;
  readonly description: string;
  /** Path of the file that declares it, below the repository. */
  readonly file: string;
}

/** Needs Nix and the inputs. */
export const moduleOptions = async (): Promise<readonly ModuleOption[]> =>
  (await nixEval(`{ lib, repository, ... }:
    import (repository + "/checks/docs/options.nix") { inherit lib repository; }`)) as ModuleOption[];
