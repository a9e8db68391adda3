import type { NixValue } from "./nix/expr.ts";

/** What fleet.nix shows of a fleet. */
export interface FleetView {
  /** The line that marks the file as dbtrfs's own, without the comment sign. */
  readonly header: string;
  readonly groups: NixValue;
  /** By name; what is as usual is left out. */
  readonly hosts: NixValue;
}
