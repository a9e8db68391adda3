import { nixosReleases, oldestKernel } from "../../platform/nixos-releases.ts";
import type { SpecInput } from "../../spec/schema.ts";
import { atLeast, parseVersion } from "../../version.ts";
import type { Host, HostDisk } from "../capture/host.ts";
import type { Storage } from "../capture/storage.ts";
import { chosenDisks, diskParts, redundancyPart } from "./disks.ts";
import { hostLabel } from "./names.ts";
import { assume, object, type Part, seen } from "./part.ts";

type System = NonNullable<SpecInput["system"]>;

const gib = (bytes: number): number => Number((bytes / 2 ** 30).toFixed(2));

const namePart = ({ name }: Host): Part<string> => {
  const label = hostLabel(name);
  if (label === name) return seen(name);
  return assume(["host"], label || "db", `made from ${name}, which is no label of a host name`);
};

const newest = Object.keys(nixosReleases).sort().at(-1) ?? "";

const releasePart = ({ nixos, kernel }: Host): Part<string> => {
  if (nixos !== null && nixos in nixosReleases) return seen(nixos);
  const today = nixos === null ? `no NixOS (Linux ${kernel})` : `NixOS ${nixos}`;
  return assume(
    ["system", "nixos"],
    newest,
    `the host runs ${today}; this is the newest that can be planned`,
  );
};

/** Only NixOS keeps its kernel: another system's goes with it. */
const kernelPart = ({ kernel, nixos }: Host, release: string): Part<string | undefined> => {
  const usual = nixosReleases[release]?.kernel;
  const series = /^\d+\.\d+/.exec(kernel)?.[0];
  if (series === undefined || series === usual) return seen(undefined);
  if (nixos === release && atLeast(parseVersion(series), oldestKernel.version)) return seen(series);
  return assume(
    ["system", "kernel"],
    undefined,
    `left to NixOS ${release}, which has ${usual}; the host runs ${series}`,
  );
};

/** Boot and swap are partitions of one disk, and the spec allows them half of it. */
const bootGiB = 1;

const swapPart = ({ swapBytes }: Host, disks: readonly HostDisk[]): Part<number | undefined> => {
  if (swapBytes === 0) return seen(undefined);
  const smallest = Math.min(...disks.map(({ bytes }) => bytes));
  if (gib(swapBytes) + bootGiB <= gib(smallest) / 2) return seen(gib(swapBytes));
  return assume(
    ["system", "swapGiB"],
    0,
    `today's ${gib(swapBytes)} GiB of swap are more than a partition of ${gib(smallest)} GiB may take`,
  );
};

const bootPart = ({ firmware }: Host): Part<System["boot"]> =>
  firmware === null ? assume(["system", "boot"], "uefi", "how the host boots does not show") : seen(firmware);

const systemPart = (host: Host, disks: readonly HostDisk[]): Part<System> => {
  const here = disks.some(({ mountPoints }) => mountPoints.includes("/"));
  const nixos = releasePart(host);
  return object<System>({
    nixos,
    kernel: kernelPart(host, nixos.value),
    root: here ? seen("here") : rootElsewhere(host),
    boot: here ? bootPart(host) : seen(undefined),
    swapGiB: here ? swapPart(host, disks) : seen(undefined),
    luks: assume(["system", "luks"], undefined, "whether today's disks are encrypted is not looked into"),
  });
};

const rootElsewhere = ({ disks }: Host): Part<System["root"]> =>
  disks.some(({ mountPoints }) => mountPoints.includes("/"))
    ? seen("elsewhere")
    : assume(["system", "root"], "elsewhere", "which disk holds the system does not show");

/** What a spec says of a host, from what was seen of it. */
export const hostPart = (host: Host, storage: Storage | null): Part<Omit<SpecInput, "databases">> => {
  const chosen = chosenDisks(host, storage);
  const disks = diskParts(chosen.value);
  const part = object<Omit<SpecInput, "databases">>({
    host: namePart(host),
    memoryGiB: seen(gib(host.memoryBytes)),
    cpus: seen(host.cpus),
    system: systemPart(host, chosen.value),
    disks,
    redundancy: redundancyPart(disks.value, storage),
  });
  const choice = chosen.assumed.map((each) => ({ ...each, value: disks.value.map(({ device }) => device) }));
  return { ...part, assumed: [...choice, ...part.assumed] };
};
