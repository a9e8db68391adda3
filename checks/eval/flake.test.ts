import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { inputs } from "../offline-inputs.ts";

const root = join(import.meta.dirname, "..", "..");

/** An output of the flake, evaluated with nixpkgs' lib in place of nixpkgs: whatever asks for packages fails. */
const output = async (attribute: string, apply = "x: x"): Promise<unknown> => {
  const override = (name: string, folder = "") => ["--override-input", name, `path:${folder}`];
  const { stdout } = await execa(
    "nix",
    [
      ...[
        "--extra-experimental-features",
        "nix-command flakes",
        "eval",
        "--offline",
        "--no-write-lock-file",
        "--json",
      ],
      ...override("nixpkgs", inputs?.nixpkgsLib),
      ...override("disko", inputs?.disko),
      ...[`.#${attribute}`, "--apply", apply],
    ],
    { cwd: root },
  );
  return JSON.parse(stdout);
};

const names = "builtins.attrNames";

describe.skipIf(inputs === null)("the flake, with nixpkgs' lib alone", () => {
  test("gives its modules: what evaluates from lib never touches packages", async () => {
    expect(await output("nixosModules", names)).toEqual(["dbtrfs", "default"]);
    expect(await output("nixosModules.default", "module: builtins.pathExists (module + /default.nix)")).toBe(
      true,
    );
  });

  test("gives planChecks, which takes a spec and the files made from it", async () => {
    expect(await output("lib.planChecks", "builtins.functionArgs")).toEqual({
      pkgs: false,
      spec: false,
      dir: false,
      files: true,
    });
  });

  test("names its apps and packages for each system", async () => {
    expect(await output("apps.x86_64-linux", names)).toEqual([
      "bench",
      "contract",
      "dbtrfs",
      "default",
      "plan",
    ]);
    expect(await output("packages.aarch64-linux", names)).toEqual(["dbtrfs", "default", "runtime"]);
  });

  test("brings a host template whose files are there", async () => {
    const files = ["flake.nix", "db1.json", "configuration.nix", "generated/default.nix"];
    const present = `path: map (file: builtins.pathExists (path + "/\${file}")) (builtins.fromJSON ''${JSON.stringify(files)}'')`;
    expect(await output("templates.default.path", present)).toEqual(files.map(() => true));
  });
});
