import process from "node:process";
import { execaSync } from "execa";

/** Whether `nix-instantiate` runs here: `describe.skipIf(!hasNix)` for tests that evaluate Nix. */
export const hasNix: boolean =
  execaSync("nix-instantiate", ["--version"], { reject: false }).failed === false;

const skipNixReason =
  "nix-instantiate is not on the PATH: every test that evaluates generated Nix is SKIPPED. Install nix-bin to run them.";

// Straight to stderr: reporters hide what a test prints through the console when the file passes.
if (!hasNix) process.stderr.write(`\n${skipNixReason}\n`);
