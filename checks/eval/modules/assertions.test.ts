import { describe, expect, test } from "vitest";
import { inputs } from "../../offline-inputs.ts";
import { cases, observed } from "./observed.ts";

/** Case, the option that the message must name, and the way out that it must offer. */
const broken: readonly (readonly [string, string, string])[] = [
  [
    "noCowAndCompression",
    'dbtrfs.instances.orders.directories."/var/lib/postgresql/17"',
    "compression = null",
  ],
  ["noCowOnMirror", "dbtrfs.instances.orders.directories.", "Set `noCow = false`"],
  ["btrfsAttributeOnXfs", "dbtrfs.instances.orders.directories.", "Leave them out"],
  ["oddName", 'dbtrfs.instances."my vault"', "Choose another"],
  ["oddPath", 'directories."/var/lib/postgresql/my wal"', "Choose another directory"],
  ["mountPointIsNoMount", "dbtrfs.instances.vault.mountPoint", "Mount the instance's subvolume there"],
  ["filesystemIsAnother", ".filesystem is xfs", "Mount a xfs filesystem there"],
  ["mountOptionsDiffer", 'fileSystems."/srv/app" has compress=zstd', "Give all of them the same"],
  ["nodatacow", 'fileSystems."/" has nodatacow', "directories.<path>.noCow"],
  ["twoServers", "dbtrfs.instances: ledger, orders", "Keep one instance"],
  ["dataDirIsMountPoint", "services.postgresql.dataDir", "/var/lib/postgresql/17"],
  ["dataDirElsewhere", "services.postgresql.dataDir", "/var/lib/postgresql/17"],
  ["fullPageWritesOff", "services.postgresql.settings.full_page_writes", "remove the setting"],
  ["fsyncOff", "services.postgresql.settings.fsync", "remove the setting"],
  ["noCowWithoutChecksums", "services.postgresql.initdbArgs", "--data-checksums"],
  ["checksumsRefused", "services.postgresql.initdbArgs", "--data-checksums"],
  ["mysqlDataDirIsMountPoint", "services.mysql.dataDir", "/var/lib/mysql/data"],
  ["doublewriteOff", "services.mysql.settings", "remove the setting"],
  ["doublewriteSkipped", "services.mysql.settings", "remove the setting"],
  ["doublewriteDetectOnly", "services.mysql.settings", "remove the setting"],
  ["innodbChecksumsOff", "innodb_checksum_algorithm", "Remove the setting"],
  ["sqliteNoCow", 'dbtrfs.instances.vault.directories."/srv/app".noCow', "acceptNoChecksums = true"],
  ["snapshotMissesDirectory", "dbtrfs.instances.orders.directories.", "snapshots = null"],
  ["snapshotsElsewhere", "dbtrfs.instances.orders.snapshotDirectory", "/dev/disk/by-label/db"],
  ["verifyWithoutPlan", "dbtrfs.verify.enable", "Set `dbtrfs.plan`"],
  ["snapshotsAmongData", "dbtrfs.instances.orders.snapshotDirectory", "outside of it"],
  ["backupOfAnotherEngine", "dbtrfs.instances.orders.backup.method", "Choose pgbackrest"],
  ["backupTargetOfAnotherKind", "dbtrfs.instances.orders.backup.target", "choose btrbk-send or pgbackrest"],
  ["backupAmongData", "dbtrfs.instances.orders.backup.target", "Name a directory on another disk"],
  ["sendWithoutSnapshots", "dbtrfs.instances.orders.backup.method", "choose another method"],
  ["incrementalBeforeSeventeen", "dbtrfs.instances.orders.backup.incremental", "Set `incremental = null`"],
  ["pointInTimeOfDumps", "dbtrfs.instances.orders.backup.pointInTime", "Set `pointInTime = false`"],
  ["pointInTimeWithoutBinlog", "dbtrfs.instances.shop.backup.pointInTime", "Set services.mysql.settings"],
  ["secretInStore", "dbtrfs.instances.orders.backup.sshKeyFile", "Name a path on the host"],
  ["environmentInStore", "dbtrfs.instances.orders.backup.environmentFile", "Name a path on the host"],
  ["memberUnknown", "dbtrfs.instances.orders.cluster.member", "Name the one that this host is"],
  ["primaryUnknown", "dbtrfs.instances.orders.cluster.primary", "Name the one that takes writes"],
  ["addressTwice", "dbtrfs.instances.orders.cluster.members", "Give each its own"],
  ["primaryOfPatroni", "dbtrfs.instances.orders.cluster.primary", "Set it to null"],
  ["patroniOff", "dbtrfs.instances.orders.cluster.kind", "Enable it"],
  ["patroniBesidePostgresql", "services.postgresql.enable", "Set it to false"],
  ["patroniDataElsewhere", "services.patroni.postgresqlDataDir", "/var/lib/postgresql/data/17"],
  ["patroniLosesFlags", "dbtrfs.instances.orders.cluster", "the same `noCow` and `compression`"],
  ["patroniCannotRewind", "services.patroni.settings.bootstrap.initdb", 'Add "data-checksums"'],
  ["patroniAccount", "services.patroni.user", "Set both to the same account"],
  ["patroniFullPageWritesOff", "parameters.full_page_writes", "remove the setting"],
  ["patroniFsyncOff", "parameters.fsync", "remove the setting"],
  ["patroniPasswordInStore", "services.patroni.environmentFiles.PATRONI_", "Name a path on the host"],
  ["dumpUnderPatroni", "dbtrfs.instances.orders.backup.method", "Choose btrbk-send or pg_basebackup"],
  ["slotsWithoutLimit", "services.postgresql.settings.max_slot_wal_keep_size", "Set it to what"],
  ["replicaWithoutPassword", "dbtrfs.instances.orders.cluster.passwordFile", "Name a path on the host"],
  ["pgpassInStore", "dbtrfs.instances.orders.cluster.passwordFile", "Name a path on the host"],
  ["noServerId", "services.mysql.settings.mysqld.server_id", "Set one that no other member has"],
  ["gtidOff", "services.mysql.settings.mysqld", "gtid_mode and enforce_gtid_consistency on"],
  ["replicaTakesWrites", "services.mysql.settings.mysqld.read_only", 'Set it to "ON"'],
  ["galeraOff", "dbtrfs.instances.shop.cluster.kind", "Enable it"],
  ["galeraLocks", "innodb_autoinc_lock_mode", "Set it to 2"],
  ["galeraFormat", "binlog_format", 'Set it to "ROW"'],
  ["gcacheAmongData", "wsrep_provider_options", "Set gcache.dir"],
  ["galeraDefaultPassword", "wsrep_sst_auth", 'Set it to "mysql:"'],
  ["clonesOfNothing", "dbtrfs.clones.enable", "clones = true"],
  ["clonesWithoutSnapshots", "dbtrfs.instances.orders.clones", "Set `snapshots`"],
  ["clonesElsewhere", "dbtrfs.instances.orders.cloneDirectory", "/dev/disk/by-label/db"],
  ["clonesEndBeforeTheyBegin", "dbtrfs.clones.ttl", "raise `longestTtl`"],
  ["clonesWithoutPorts", "dbtrfs.clones.lastPort", "lower `most`"],
  ["clonesOnTheOriginalsPort", "dbtrfs.clones.firstPort", "Choose others"],
  ["backupHostNotOnBtrfs", "dbtrfs.backupHost.directory", "Mount one at or above it"],
  ["backupHostOnSystemDisk", "dbtrfs.backupHost.directory", "Mount disks for them"],
  ["backupHostRunsWhatIsSent", 'fileSystems."/mnt/backup".options', "add both"],
  ["backupHostWithoutSsh", "services.openssh.enable", "Set it"],
  ["backupHostWithoutSudo", "security.sudo.enable", "Set it"],
  ["backupHostSharesBtrbk", "dbtrfs.backupHost.user", "Choose another account"],
  ["backupHostKeyTwice", "dbtrfs.backupHost.hosts", "a key of its own"],
  ["backupHostOldKernel", "spaceLimitGiB", "Choose a later one, or null"],
  ["backupHostOddName", 'dbtrfs.backupHost.hosts."db.3"', "choose others"],
  ["backupHostWithoutKey", "dbtrfs.backupHost.hosts.db1.keys", "Name the public key"],
  ["backupHostWithoutDatabase", "dbtrfs.backupHost.hosts.db1.databases", "Name the databases"],
  ["backupHostOfOtherInstances", "dbtrfs.backupHost.hosts.db2.instances", "or null"],
  ["litestreamOfTwoOwners", "dbtrfs.instances.<name>.backup.method", "set btrbk-send for the others"],
];

const sound = Object.keys(cases.sound);

describe.skipIf(inputs === null)("assertions of the modules", () => {
  test("each broken case is looked at here", () => {
    expect(Object.keys(cases.broken).sort()).toEqual(broken.map(([name]) => name).sort());
    expect(sound.length).toBeGreaterThan(20);
  });

  test.each(sound)("%s: no assertion stops it", (name) => {
    expect(observed(name).failedAssertions).toEqual([]);
  });

  test.each(broken)("%s: one message names the option and the way out", (name, option, fix) => {
    const messages = cases.broken[name];
    expect(messages).toHaveLength(1);
    expect(messages?.[0]).toContain(option);
    expect(messages?.[0]).toContain(fix);
  });

  test("every option has a description and an example", () => {
    expect(cases.documented).toBeGreaterThan(20);
    expect(cases.undocumented).toEqual([]);
  });
});
