import { nixEval } from "../offline-inputs.ts";

/** What guest/default.nix makes of a plan, and driver/guest.py takes. */
export interface Guest {
  readonly files: readonly ({ readonly path: string } & (
    | { readonly text: string; readonly mode: string }
    | { readonly link: string }
  ))[];
  readonly create: string;
  readonly mount: string;
  readonly mountPoints: Readonly<Record<string, string>>;
  readonly substitutions: readonly string[];
  readonly secondDisks: readonly string[];
  readonly omitted: readonly string[];
}

const translate = `{ lib, disko, repository, args }: import (repository + "/checks/lab/guest") {
  inherit lib disko;
  directory = /. + args.directory;
  inherit (args) hostKernel;
}`;

/**
 * The guest's configuration for a plan.
 * @param directory absolute path of the plan's files
 * @param hostKernel whether the guest runs on this machine's kernel
 * @throws Error with Nix's message where the plan does not evaluate.
 */
export const guestFor = async (directory: string, hostKernel: boolean): Promise<Guest> =>
  (await nixEval(translate, { directory, hostKernel })) as Guest;
