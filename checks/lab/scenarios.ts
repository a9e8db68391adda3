/** On which machine a scenario runs: a guest with its own kernel, or a container on the kernel of this one. */
export type MachineKind = "qemu" | "host-kernel";

export interface Scenario {
  readonly about: string;
  readonly machines: readonly MachineKind[];
  /** Whether every write of the disks is recorded, so that a power cut can lose what was not flushed. */
  readonly logged: boolean;
  /** Whether the installer runs again on what it made, and must keep it. */
  readonly installedTwice?: boolean;
  /** Whether the machine has a blank disk besides: by-id/SPARE1. */
  readonly spareDisk?: boolean;
  /** It takes all members of a cluster at once, of the fixture that has one of them. */
  readonly isCluster?: boolean;
}

/** By the name of the file in checks/scenarios. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  layout: {
    about: "format, mount, repeat, reboot; then the running machine equals plan.json",
    machines: ["qemu", "host-kernel"],
    logged: false,
    installedTwice: true,
  },
  layout_wrong: {
    about: "hosts that are not as planned, for postgresql:zstd: the comparison sees each",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  verify: {
    about: "dbtrfs-verify finds nothing on a host as planned, before and after a reboot, nor does its unit",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  verify_drift: {
    about:
      "everything that dbtrfs-verify compares, changed once: it names that check alone, and is clean again",
    machines: ["host-kernel"],
    logged: false,
  },
  guard: {
    about: "storage that would lose what was planned: the server does not start, the journal says why",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  power_cut: {
    about: "power cuts under load: nothing acknowledged is lost, and the engine's check is clean",
    machines: ["host-kernel", "qemu"],
    logged: true,
  },
  power_cut_unsafe: {
    about: "the same with commits that do not wait for the disk: the loss is seen",
    machines: ["host-kernel", "qemu"],
    logged: true,
  },
  snapshot: {
    about: "snapshots under load, each started as a second server; fenced where the log lies elsewhere",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  snapshot_unit: {
    about: "snapshots by the unit that the host has, under load, each started as a second server",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  snapshot_often: {
    about: "a snapshot every five seconds by the host's timer, under load, for --minutes",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  snapshot_refused: {
    about: "server down, snapshots not mounted, two at once: the unit fails visibly, and one is taken",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  retention: {
    about: "two months of daily snapshots, thinned out by the plan's rule",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  cluster_streaming: {
    about:
      "streaming replication: a replica is lost, made anew and restored from a snapshot; the primary is lost",
    machines: ["host-kernel"],
    logged: false,
    isCluster: true,
  },
  cluster_patroni: {
    about: "Patroni with three members: the leader is lost with its disks, killed, cut off, changed",
    machines: ["host-kernel"],
    logged: false,
    isCluster: true,
  },
  cluster_gtid: {
    about:
      "replication by GTIDs: the replica is killed, lost with its disks, made anew, back at a snapshot; the primary is lost",
    machines: ["host-kernel"],
    logged: false,
    isCluster: true,
  },
  cluster_galera: {
    about: "Galera with three members: one is lost with its disks, killed, copied anew; all are down at once",
    machines: ["host-kernel"],
    logged: false,
    isCluster: true,
  },
  cluster_backup: {
    about: "two hosts send to a third, for backup-hosts; a fourth is filled from there",
    machines: ["host-kernel"],
    logged: false,
    isCluster: true,
  },
  restore: {
    about: "a snapshot restored beside the running database, then in its place; the old state is kept",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  restore_interrupted: {
    about:
      "restores in place killed in the middle and cut off from power: the old state or the new one is whole",
    machines: ["host-kernel"],
    logged: true,
  },
  restore_until: {
    about: "a point in time from archived WAL or the binary log: what was committed before it, and no more",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  drill: {
    about: "the restore drill under load, killed, and of a damaged snapshot",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  clone: {
    about:
      "clones by members of the group: hygiene, the original untouched, reset, limits, ends, what a killed one leaves",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  clone_many: {
    about:
      "--clones at once of a database of --size GiB under load: time, space of each, cost for the original",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  snapshot_thaw: {
    about: "that unit stopped, killed and without room while the log is frozen: it thaws, and commits go on",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  snapshot_unfenced: {
    about: "data first, then a copy of the log (--gap seconds later): how often that breaks",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  snapshot_one_by_one: {
    about: "data and log in two subvolumes, one snapshot after the other: how often that breaks",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  backup: {
    about: "backups to a second disk under load; the database is deleted and restored from what lies there",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  migrate: {
    about:
      "old files on ext4 and on Btrfs with the wrong flags, brought to the planned places by every command of the runbook",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  backup_host: {
    about:
      "two hosts send to a third by keys that open nothing else; broken transfers, limits, retention, a restore by the runbook",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  bit_rot: {
    about: "one flipped bit on the disk: refused, healed, or answered wrongly",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  full_disk: {
    about:
      "data and metadata run full under load: nothing acknowledged is lost, and it goes on with space freed",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  recover_will_not_start: {
    about: "runbook: a server that the guard refuses, then one whose files are damaged",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  recover_power_cut: {
    about: "runbook: after power cuts under load",
    machines: ["host-kernel", "qemu"],
    logged: true,
  },
  recover_full: {
    about: "runbook: data full, then metadata until Btrfs is read-only; a snapshot holds what can go",
    machines: ["host-kernel", "qemu"],
    logged: false,
    spareDisk: true,
  },
  recover_bad_block: {
    about: "runbooks of device errors and of bad blocks: one flipped bit in a table",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  recover_disk_lost: {
    about: "runbook, for mirrors: each disk in turn is lost and replaced by a blank one",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  recover_dropped_table: {
    about: "runbook: a table is dropped while the database goes on",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
  recover_host_lost: {
    about: "runbooks, for hosts with a second disk: all is lost but the backups",
    machines: ["host-kernel", "qemu"],
    logged: false,
  },
};
