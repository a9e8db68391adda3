import type { Host, HostDisk } from "../analyze/capture/host.ts";
import { hostLabel } from "../analyze/spec/names.ts";
import { nixosReleases } from "../platform/nixos-releases.ts";
import { redundancyNeeds } from "../spec/capacity.ts";
import { redundancies } from "../spec/schema.ts";
import { hostName } from "../spec/text.ts";
import { noNumber, noneOf, unlike } from "./checked.ts";
import { answeredDisks, nameOf, wrongDisks } from "./disk-answer.ts";
import type { Known, Question } from "./question.ts";

const releases = Object.keys(nixosReleases).sort();

const newestRelease = releases.at(-1) ?? "";

/** The release to plan for: the answer, else this machine's, else the newest. */
export const releaseOf = ({ answers, host }: Known): string =>
  [answers.nixos, host?.nixos].find((each) => each && releases.includes(each)) ?? newestRelease;

const disksIn = ({ answers, host }: Known) => answeredDisks(answers.disk ?? "", host);

/** This machine, where the disks of the plan are its own: a spec for another has nothing of it. */
const planned = (known: Known): Host | null => {
  const own = known.host?.disks.map(nameOf) ?? [];
  return disksIn(known).every(({ device }) => own.includes(device)) ? known.host : null;
};

/** In GiB to a tenth, not more than there is. */
const memory = (known: Known): string | undefined => {
  const host = planned(known);
  return host === null ? undefined : String(Math.floor((host.memoryBytes / 2 ** 30) * 10) / 10);
};

const label = (known: Known): string | undefined => {
  const host = planned(known);
  return host === null ? undefined : hostLabel(host.name) || undefined;
};

const isFree = ({ mountPoints }: HostDisk): boolean => mountPoints.length === 0;

const gib = (bytes: number): string => `${Math.round(bytes / 2 ** 30)} GiB`;

const described = (disk: HostDisk, i: number): string => {
  const use = isFree(disk) ? "" : `, in use: ${disk.mountPoints.join(", ")}`;
  const kind = disk.kind ?? "virtual";
  return `  ${i + 1}  ${nameOf(disk)}\n     ${[kind, gib(disk.bytes), disk.model ?? ""].filter(Boolean).join(", ")}${use}`;
};

/** The question about disks, with those that this machine has. */
export const diskList = ({ host }: Known): string =>
  host === null || host.disks.length === 0
    ? "  (no disk of this machine was found: write DEVICE:KIND:GIB)"
    : host.disks.map(described).join("\n");

const tooFew = (answer: string, known: Known): string | undefined => {
  const least = redundancies.find((each) => each === answer);
  if (least === undefined) return redundancies.join(", ");
  const { disks } = redundancyNeeds[least];
  return disksIn(known).length >= disks ? undefined : `${answer} only with ${disks} disks or more`;
};

/** Where the system that runs here boots from another disk, the plan's disks are for data. */
const root = (known: Known): string => {
  const system = planned(known)?.disks.find(({ mountPoints }) => mountPoints.includes("/"));
  const named = disksIn(known).some(({ device }) => system && device === nameOf(system));
  return system === undefined || named ? "here" : "elsewhere";
};

/** The first of all: versions depend on it. */
export const releaseQuestion: Question = {
  name: "nixos",
  value: "RELEASE",
  choices: releases,
  summary: `NixOS release: ${releases.join(" or ")} (this machine's, else the newest)`,
  text: "Which NixOS release?",
  suggestion: releaseOf,
  by: "sure",
  wrong: noneOf(releases),
};

export const hostQuestions: readonly Question[] = [
  {
    name: "disk",
    value: "DEVICE,…",
    summary: "disks that the plan may use and format; one of another machine as DEVICE:KIND:GIB",
    text: "Which disks may the plan use? Installing it formats them. Numbers or names,\napart by commas; of another machine DEVICE:KIND:GIB, KIND nvme, ssd or hdd.",
    suggestion: ({ host }) => {
      const free = (host?.disks ?? []).filter(isFree);
      return free.length === 1 && free[0] ? nameOf(free[0]) : undefined;
    },
    by: "chosen",
    wrong: (answer, { host }) => wrongDisks(answer, host),
  },
  {
    name: "redundancy",
    value: "HOW",
    choices: redundancies,
    summary: "copies: none, mirror, mirror3 or striped-mirror (none)",
    text: "How many copies: none, mirror (2), mirror3 (3) or striped-mirror (2, striped)?\nIt decides what a lost disk costs, and whether Btrfs can repair a bad block.",
    applies: (known) => disksIn(known).length > 1,
    suggestion: () => "none",
    by: "asked",
    wrong: tooFew,
  },
  {
    name: "root",
    value: "WHERE",
    choices: ["here", "elsewhere"],
    summary: "here: the disks also carry the system; elsewhere: data alone",
    text: "Do these disks carry the system as well (here), or data alone (elsewhere)?",
    suggestion: root,
    by: "sure",
    wrong: noneOf(["here", "elsewhere"]),
  },
  {
    name: "boot",
    value: "FIRMWARE",
    choices: ["uefi", "bios"],
    summary: "uefi or bios, where the system is here",
    text: "How does the machine boot, uefi or bios?",
    applies: ({ answers }) => answers.root === "here",
    suggestion: (known) => planned(known)?.firmware ?? "uefi",
    by: "sure",
    wrong: noneOf(["uefi", "bios"]),
  },
  {
    name: "memory",
    value: "GIB",
    summary: "memory of the host (this machine's)",
    text: "How much memory does the host have, in GiB?",
    suggestion: memory,
    by: "asked",
    wrong: noNumber("a number of GiB above 0, such as 32", (gibibytes) => gibibytes > 0),
  },
  {
    name: "cpus",
    value: "N",
    summary: "cores of the host (this machine's)",
    text: "How many cores?",
    suggestion: (known) => planned(known)?.cpus.toString(),
    by: "asked",
    wrong: noNumber("a whole number from 1", (count) => Number.isInteger(count) && count >= 1),
  },
  {
    name: "host",
    value: "NAME",
    summary: "name of the host (this machine's)",
    text: "What is the host called?",
    suggestion: label,
    by: "sure",
    wrong: unlike(hostName),
  },
];
