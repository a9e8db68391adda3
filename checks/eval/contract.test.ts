import { describe, expect, test } from "vitest";
import dbtrfs from "../contract/dbtrfs.json" with { type: "json" };
import disko from "../contract/disko.json" with { type: "json" };
import nixos from "../contract/nixos.json" with { type: "json" };
import { modulesContract } from "../contract/of-modules.ts";
import { inputs, nixEval } from "../offline-inputs.ts";

/** Options that differ between nixos.json and what extract.nix reads from options.nix: none. */
const roundTrip = `{ lib, repository, ... }:
  let
    contract = repository + /checks/contract;
    known = lib.importJSON (contract + /nixos.json);
    declared = lib.evalModules { modules = [ (import (contract + /options.nix) { inherit lib; }) ]; };
    read = import (contract + /extract.nix) {
      inherit lib;
      inherit (declared) options;
      wanted = import (contract + /wanted.nix);
      readAt = known.source.repository + "@" + known.source.revision;
    };
  in
  read`;

const diskoTypes = `{ lib, disko, ... }:
  (import (disko + /lib) {
    inherit lib;
    rootMountPoint = "/mnt";
    makeTest = throw "no VM tests here";
    eval-config = throw "no VM tests here";
    qemu-common = throw "no VM tests here";
  }).jsonTypes`;

const mergedUnit = `{ lib, repository, ... }:
  let
    declared = lib.evalModules {
      modules = [
        (import (repository + /checks/contract/options.nix) { inherit lib; })
        { systemd.services.x.unitConfig.RequiresMountsFor = "/a"; }
        { systemd.services.x.unitConfig.RequiresMountsFor = [ "/b" ]; }
        { boot.kernelParams = [ 1 ]; }
      ];
    };
  in
  {
    unit = declared.config.systemd.services.x.unitConfig.RequiresMountsFor;
    name = declared.config.systemd.services.x.wantedBy;
    wrongType = (builtins.tryEval (builtins.deepSeq declared.config.boot.kernelParams true)).success;
  }`;

describe.skipIf(inputs === null)("the contract", () => {
  test("options.nix declares what nixos.json says: read back, it is the same", async () => {
    expect(await nixEval(roundTrip)).toEqual(nixos.options);
  });

  test("disko.json is what the disko at hand says", async () => {
    expect(await nixEval(diskoTypes)).toEqual(disko.types);
  });

  test("dbtrfs.json is what modules/ declares; `npm run update-contract` writes it anew", async () => {
    expect(await modulesContract()).toEqual(dbtrfs);
  });

  test("declared options merge and check as NixOS's do", async () => {
    expect(await nixEval(mergedUnit)).toEqual({ unit: ["/a", "/b"], name: [], wrongType: false });
  });
});
