import type { Plan, PlannedDisk } from "../plan/types.ts";
import { renderPartition } from "./disko-partition.ts";
import { headerOf } from "./header.ts";
import { printModule } from "./nix/module.ts";
import type { DiskoDevices, DiskoDisk } from "./options/disko.generated.ts";

const renderDisk = (plan: Plan, disk: PlannedDisk): DiskoDisk => ({
  type: "disk",
  device: disk.device,
  content: {
    type: "gpt",
    partitions: Object.fromEntries(
      disk.partitions.map((partition) => [partition.name, renderPartition(plan, disk, partition)]),
    ),
  },
});

/** As a NixOS module the file is given pkgs; the disko command passes lib alone to a file that it reads by itself. */
const pkgs = { name: "pkgs", default: "import <nixpkgs> { }" };

/** disko.nix: the partitions and filesystems of every disk that the plan uses. */
export const renderDisko = (plan: Plan, specName: string): string => {
  const used = plan.disks.filter((disk) => disk.unused === null);
  const devices: DiskoDevices = {
    disk: Object.fromEntries(used.map((disk) => [disk.id, renderDisk(plan, disk)])),
  };
  const hasHooks = plan.databases.length > 0;
  return printModule({
    header: headerOf("disko.nix", specName),
    formals: hasHooks ? ["lib", pkgs] : [],
    body: { disko: { devices } },
  });
};
