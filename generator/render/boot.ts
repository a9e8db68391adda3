import type { Plan } from "../plan/types.ts";
import { apply, comment } from "./nix/expr.ts";
import type { NixosConfig } from "./options/nixos.generated.ts";
import { when } from "./options/plain.ts";

type Boot = NonNullable<NixosConfig["boot"]>;
type Loader = NonNullable<Boot["loader"]>;

const bootDisks = (plan: Plan) =>
  plan.disks.flatMap((disk) =>
    disk.partitions.flatMap(({ content }) =>
      content.use === "boot" ? [{ device: disk.device, path: content.mountPoint }] : [],
    ),
  );

const uefiMirrors = (plan: Plan): Loader => ({
  grub: {
    enable: true,
    efiSupport: true,
    efiInstallAsRemovable: comment("Every disk boots by itself, without an entry in the firmware.", true),
    mirroredBoots: bootDisks(plan).map(({ path }) => ({ devices: ["nodev"], path })),
  },
});

/** disko lists every disk with a BIOS boot partition in grub.devices, for one /boot; here each disk has its own. */
const biosMirrors = (plan: Plan): Loader => ({
  grub: {
    enable: true,
    devices: apply("lib.mkForce", []),
    mirroredBoots: bootDisks(plan).map(({ device, path }) => ({ devices: [device], path })),
  },
});

const loaders: Readonly<Record<NonNullable<Plan["system"]["bootloader"]>, (plan: Plan) => Loader>> = {
  "systemd-boot": () => ({ "systemd-boot": { enable: true }, efi: { canTouchEfiVariables: true } }),
  "grub-efi": uefiMirrors,
  "grub-bios": (plan) =>
    plan.system.bootMountPoints.length > 1 ? biosMirrors(plan) : { grub: { enable: true } },
};

/** Boot loader and initrd, where the system lies on these disks; otherwise nothing. */
export const renderBoot = (plan: Plan): Boot | undefined => {
  const { bootloader, initrdModules } = plan.system;
  if (bootloader === null) return undefined;
  return {
    loader: loaders[bootloader](plan),
    initrd: when(initrdModules.length > 0, { availableKernelModules: [...initrdModules] }),
  };
};
