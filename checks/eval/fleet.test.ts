import { beforeAll, describe, expect, test } from "vitest";
import { loadFleet } from "../fleets.ts";
import { inputs, nixEval } from "../offline-inputs.ts";

interface Host {
  readonly failedAssertions: readonly string[];
  readonly hostName: string;
  readonly devices: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly own: readonly string[];
}

interface Evaluated {
  readonly hosts: Readonly<Record<string, Host>>;
  /** The same hosts, by the modules that colmena gets. */
  readonly colmena: Readonly<Record<string, Host>>;
  readonly deployment: Readonly<Record<string, unknown>>;
  readonly meta: { readonly nixpkgs: string; readonly nodeNixpkgs: Readonly<Record<string, string>> };
  readonly deploy: Readonly<Record<string, unknown>>;
  readonly withoutTools: readonly string[];
  readonly strangers: boolean;
}

/**
 * What fleet.nix gives, with the contract in place of NixOS. `makeHive` merges what colmena's does
 * (src/nix/hive/eval.nix): a node is a module, `deployment` an option of its own.
 */
const evaluateFleet = `{ lib, disko, repository, args }:
  let
    evaluation = import (repository + "/checks/eval") { inherit lib disko; };
    anything = lib.mkOption { type = lib.types.anything; default = { }; };
    evalModules = modules: evaluation.evalModules (modules ++ [ ownOption ]);
    ownOption.options.owner = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
    nixpkgs = {
      lib = lib // { nixosSystem = { modules, specialArgs }: evalModules modules; };
      legacyPackages = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (system: system);
    };
    tools = {
      colmena.lib.makeHive = hive: hive;
      deploy-rs.lib = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (system: {
        activate.nixos = host: "\${system} \${host.config.networking.hostName}";
      });
    };
    common = {
      inherit nixpkgs;
      disko.nixosModules.disko = disko + "/module.nix";
      dbtrfs.nixosModules.default = repository + "/modules";
    };
    own = {
      modules = [ { owner = [ "all" ]; } ];
      groupModules.orders = [ { owner = [ "orders" ]; } ];
      hostModules.shop-us = [ { owner = [ "shop-us" ]; } ];
    };
    of = fragment (common // tools // own);
    fragment = import (repository + "/checks/fleets/\${args}/expected/fleet.nix");
    observe = { config, ... }: {
      failedAssertions = map (a: a.message) (lib.filter (a: !a.assertion) config.assertions);
      inherit (config.networking) hostName;
      devices = lib.mapAttrs (_: disk: disk.device) config.disko.devices.disk;
      platform = config.nixpkgs.hostPlatform;
      own = lib.naturalSort config.owner;
    };
    nodes = removeAttrs of.colmenaHive [ "meta" ];
    node = module: observe (evalModules [ { options.deployment = anything; } module ]);
  in
  {
    hosts = lib.mapAttrs (_: observe) of.nixosConfigurations;
    colmena = lib.mapAttrs (_: node) nodes;
    deployment = lib.mapAttrs (_: node: node.deployment) nodes;
    meta = { inherit (of.colmenaHive.meta) nixpkgs nodeNixpkgs; };
    deploy = of.deploy.nodes;
    withoutTools = lib.attrNames (fragment common);
    strangers = (builtins.tryEval (builtins.deepSeq (lib.mapAttrs (_: observe)
      (fragment (common // { groupModules.nobody = [ ]; })).nixosConfigurations) true)).success;
  }`;

describe.skipIf(inputs === null)("fleet.nix of three-groups", () => {
  const fleet = loadFleet("three-groups");
  const names = fleet.hosts.map(({ name }) => name).sort();
  let evaluated: Evaluated;

  beforeAll(async () => {
    evaluated = (await nixEval(evaluateFleet, "three-groups")) as Evaluated;
  }, 120_000);

  test("gives each host as a NixOS configuration: its name, its disks, no failed assertion", () => {
    expect(Object.keys(evaluated.hosts).sort()).toEqual(names);
    for (const { name, spec } of fleet.hosts) {
      const disks: readonly { device: string }[] = JSON.parse(spec).disks;
      expect(evaluated.hosts[name]).toMatchObject({ failedAssertions: [], hostName: name });
      expect(Object.values(evaluated.hosts[name]?.devices ?? {})).toEqual(disks.map(({ device }) => device));
    }
    expect(evaluated.hosts["shop-us"]?.platform).toBe("aarch64-linux");
    expect(evaluated.hosts["shop-eu"]?.platform).toBe("x86_64-linux");
  });

  test("adds the owner's modules: for all, for a group, for a host", () => {
    const own = (name: string) => evaluated.hosts[name]?.own;
    expect([own("orders-01"), own("shop-us"), own("edge-1")]).toEqual([
      ["all", "orders"],
      ["all", "shop-us"],
      ["all"],
    ]);
  });

  test("refuses modules for a group that the fleet does not have", () => {
    expect(evaluated.strangers).toBe(false);
  });

  test("gives colmena the same hosts, with where they are and their group as a tag", () => {
    expect(evaluated.colmena).toEqual(evaluated.hosts);
    expect(evaluated.deployment).toMatchObject({
      "orders-01": { targetHost: "10.0.7.1", targetPort: null, targetUser: "deploy", tags: ["orders"] },
      "orders-03": { targetHost: "orders-03.db.example.org" },
      "shop-us": { targetHost: "2001:db8::17", targetPort: 2222, tags: ["shops"] },
    });
    expect(evaluated.meta).toEqual({ nixpkgs: "x86_64-linux", nodeNixpkgs: { "shop-us": "aarch64-linux" } });
  });

  test("gives deploy-rs a node for each, with its system's own activation", () => {
    expect(Object.keys(evaluated.deploy).sort()).toEqual(names);
    expect(evaluated.deploy["shop-us"]).toEqual({
      hostname: "2001:db8::17",
      sshUser: "deploy",
      sshOpts: ["-p", "2222"],
      profiles: { system: { user: "root", path: "aarch64-linux shop-us" } },
    });
  });

  test("without the tools it gives the configurations alone", () => {
    expect(evaluated.withoutTools).toEqual(["nixosConfigurations"]);
  });
});
