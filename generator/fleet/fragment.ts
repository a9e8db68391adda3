import { headerOf } from "../render/header.ts";
import type { NixValue } from "../render/nix/expr.ts";
import { renderFleetNix } from "../render/templates.generated.ts";
import type { Deployment } from "./deployment.ts";
import type { FleetHost } from "./group-hosts.ts";
import type { Fleet } from "./parse-fleet.ts";

export const fragmentFile = "fleet.nix";

/** What the fragment supposes of a host of which it says nothing. */
const usual = (name: string): Deployment => ({
  system: "x86_64-linux",
  targetHost: name,
  targetUser: null,
  targetPort: null,
});

const hostValue = ({ name, group, deployment }: FleetHost): NixValue => {
  const defaults: Readonly<Record<string, unknown>> = { ...usual(name) };
  const own = Object.entries(deployment).filter(([key, value]) => value !== defaults[key]);
  return { group, ...Object.fromEntries(own) };
};

/**
 * fleet.nix: every host of the fleet as nixosConfigurations, colmenaHive and deploy-rs's nodes. */
export const renderFragment = (fleet: Fleet, specName: string): string =>
  renderFleetNix({
    header: headerOf(fragmentFile, specName),
    groups: [...fleet.groups],
    hosts: Object.fromEntries(
      fleet.hosts.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((host) => [host.name, hostValue(host)]),
    ),
  });
