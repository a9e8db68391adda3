import { defineCommand } from "./command.ts";
import { fleetOptions, fleetRequest } from "./fleet-options.ts";

export const fleetCommand = defineCommand({
  usage: "plan FLEET --out DIR [options]",
  about: [
    "Plans every host of FLEET, a JSON file with groups of hosts: what they share and",
    "in what each differs; the hosts of a group may also come from a CSV or JSON",
    "inventory. DIR gets hosts/NAME as plan makes it, and fleet.nix with all of them",
    "as nixosConfigurations, colmenaHive and deploy-rs's nodes.",
    "",
    "Only hosts whose spec, evidence or version of dbtrfs changed are planned again.",
    "A host with a mistake does not hinder the others: their folders are written, all",
    "mistakes are named, and fleet.nix and the folders of hosts that left the fleet",
    "stay as they are, so that no host is missing. An interrupt leaves whole hosts.",
    "",
    "As with plan, an installed host keeps its storage layout: what would change it",
    "is refused, host by host, unless --relayout is given.",
  ].join("\n"),
  options: fleetOptions,
  operands: [["plan"], "file", "nothing"],
  examples: [
    ["dbtrfs fleet plan fleet.json --out fleet", "write all hosts that changed"],
    ["dbtrfs fleet plan fleet.json --out fleet --diff", "sum up what would change, over all hosts"],
    ["dbtrfs fleet plan fleet.json --out fleet --check", "in CI: fail if a host is not up to date"],
    ["nixos-anywhere --flake .#db1 root@db1.example.org", "install one, with fleet.nix in the flake"],
    ["colmena apply --on @web", "deploy a group"],
  ],
  async run(args, streams) {
    const request = fleetRequest(args);
    const { planFleet } = await import("./fleet/plan-fleet.ts");
    return await planFleet(request, streams);
  },
});
