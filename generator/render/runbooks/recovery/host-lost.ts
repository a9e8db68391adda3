import type { Plan } from "../../../plan/types.ts";
import { parseBackupTarget } from "../../../spec/backup-target.ts";
import { backupView } from "../../report/backup-view.ts";
import { hostLost } from "../../report/safety-losses.ts";
import { isMirrored, type Patient, patientsOf, section, table, titleOf } from "../parts.ts";
import {
  commands,
  list,
  type Runbook,
  type RunbookBlock,
  type RunbookSection,
  steps,
  text,
  untriedCommands,
} from "../runbook.ts";

const when = (plan: Plan): RunbookBlock =>
  table(
    ["what is lost", "which way"],
    [
      plan.filesystems.every(isMirrored)
        ? "the host, or more disks than there are spare copies"
        : "the host, or the disk that a filesystem without a second copy lies on",
      "everything below",
    ],
    ["the databases' files, and the host runs", "the restores at the end, each by its own runbook"],
  );

const order = (plan: Plan): RunbookBlock =>
  steps(
    "Do not touch the backups. See first that they are there, from another machine.",
    `Get a machine whose disks are at least as large. Put their names into the spec (disks[].device), and plan again: the rest stays. Expected are ${plan.disks.map(({ device, sizeGiB }) => `${device} with ${sizeGiB} GiB`).join(", ")}.`,
    plan.system.root === "here"
      ? "Install it from the flake: disko formats the disks, and NixOS comes up with empty databases."
      : "Format the disks by disko, and rebuild the host's configuration: it comes up with empty databases.",
    "Put the secrets where they were (below), and mount what the backups lie on.",
    "Restore each database, one after the other.",
    "Let dbtrfs-verify compare the host with its plan.",
  );

const installed = (plan: Plan): RunbookBlock => {
  const { host, system } = plan;
  const reason = "installs a NixOS; the lab formats its machines by the same disko scripts, and is none";
  return system.root === "here"
    ? untriedCommands(
        "install",
        reason,
        "# On a machine that has the flake; ADDRESS runs any Linux that lets root in.",
        `nix run github:nix-community/nixos-anywhere -- --flake .#${host} --target-host root@ADDRESS`,
      )
    : untriedCommands(
        "install",
        reason,
        "# On the host, in the folder of the flake: everything on these disks is lost.",
        `nix run github:nix-community/disko -- --mode destroy,format,mount --flake .#${host}`,
        `nixos-rebuild switch --flake .#${host}`,
      );
};

const ofDatabase = (patient: Patient): RunbookSection => {
  const { database } = patient;
  const backup = backupView(database);
  const { repairs, lost } = hostLost(patient);
  const head = table(["who repairs it", "what is lost"], [repairs, lost.text]);
  if (backup === undefined || database.backup === null) return section(titleOf(patient), head);
  const target = parseBackupTarget(database.backup.target);
  const there =
    target.kind === "path"
      ? [
          text("The target has to be mounted, and to hold the backups:"),
          commands(`target-${database.name}`, `findmnt --target ${target.path}`, `ls ${target.path}`),
        ]
      : [];
  return section(
    titleOf(patient),
    head,
    list(...backup.needs),
    ...there,
    text(`Then restore-${database.name}-backup.`),
  );
};

const after = section(
  "When all are back",
  text(
    "It names what differs. Snapshots and backups that are yet to be made are no older than the host. Then the old host must never come up again with the same name and address.",
  ),
  commands("verify", "dbtrfs-verify"),
);

export const hostIsLost = (plan: Plan): Runbook[] => [
  {
    id: "recover-host-lost",
    title: "The host is lost, or the disk with its data",
    sections: [
      section(undefined, when(plan), order(plan), installed(plan)),
      ...patientsOf(plan).map(ofDatabase),
      after,
    ],
  },
];
