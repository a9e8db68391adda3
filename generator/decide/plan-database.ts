import type { SettingContext } from "../engines/types.ts";
import type { Evidence } from "../evidence/schema.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Decision, PlannedArgument, PlannedDatabase } from "../plan/types.ts";
import { type Arrangement, arrangeDirectories } from "./arrange-directories.ts";
import type { LogRequest } from "./arrange-disks.ts";
import { chooseBackup } from "./backup-decision.ts";
import type { LayoutTable } from "./choose-layout.ts";
import { chooseSettings, settingDecisions } from "./choose-settings.ts";
import { chooseClones } from "./clone-decision.ts";
import { chooseCluster, clusterWarnings } from "./cluster-decision.ts";
import { passwordFile } from "./cluster-facts.ts";
import { databaseWarnings } from "./database-warnings.ts";
import { decision } from "./decision.ts";
import { expectationsFor } from "./expectations.ts";
import { gcacheDecision, gcacheGiB, planGcache } from "./gcache.ts";
import { layoutDecision } from "./layout-decision.ts";
import { logFilesystemGiB } from "./log-filesystem-size.ts";
import { packageOf, type Situation } from "./situation.ts";
import { chooseSnapshots } from "./snapshot-decision.ts";

export interface DatabaseResult {
  readonly database: PlannedDatabase;
  readonly logRequest: LogRequest | null;
  readonly decisions: readonly Decision[];
  readonly warnings: readonly string[];
}

const settingContext = (
  s: Situation,
  layout: LayoutChoice,
  a: Arrangement,
  logGiB: number | null,
): SettingContext => ({
  version: s.version,
  kernel: s.kernel,
  memoryGiB: s.memoryGiB,
  cpus: s.cpus,
  connections: s.connections,
  profile: s.profile,
  workload: s.workload,
  prefer: s.database.prefer,
  disk: s.disk,
  layout,
  sizeGiB: s.database.sizeGiB,
  logFilesystemGiB: logGiB,
  directories: { data: a.dataDirectory, log: a.logDirectory, binlog: a.binlogDirectory },
  pointInTime: s.database.backup?.pointInTime ?? false,
  cluster: s.cluster && {
    ...s.cluster,
    logRoomGiB: s.logRoomGiB,
    passwordFile: passwordFile(s.database.name),
  },
});

const logRequestOf = (s: Situation, a: Arrangement, sizeGiB: number | null): LogRequest | null =>
  a.logMountPoint === null || sizeGiB === null
    ? null
    : {
        id: `${s.database.name}-log`,
        partition: `${s.facts.family}-log`,
        pool: s.filesystem,
        mountPoint: a.logMountPoint,
        sizeGiB,
        database: s.database.name,
      };

const argumentDecisions = (s: Situation, initArguments: readonly PlannedArgument[]): Decision[] =>
  initArguments.map(({ argument, ...why }, i) =>
    decision({
      ...why,
      id: `${s.database.name}.init.${i}`,
      title: `${s.database.name}: initialised with ${argument}`,
      pointer: `/databases/${s.index}/initArguments/${i}/argument`,
      value: argument,
    }),
  );

/** What the plan says of a database whatever its layout. */
const described = (s: Situation) => ({
  name: s.database.name,
  engine: s.database.engine,
  version: s.database.version ?? null,
  package: packageOf(s.database),
  workload: s.workload,
  profile: s.profile,
  prefer: s.database.prefer,
  notes: s.database.notes ?? null,
  sizeGiB: s.database.sizeGiB,
  memoryGiB: Math.round(s.memoryGiB * 100) / 100,
  connections: s.connections,
  filesystem: s.filesystem,
});

/** Everything about one database whose layout is chosen. */
export const planDatabase = (evidence: Evidence, table: LayoutTable): DatabaseResult => {
  const { situation: s, chosen } = table;
  const { layout } = chosen;
  const a = arrangeDirectories(s, layout);
  const logGiB =
    a.logMountPoint === null
      ? null
      : logFilesystemGiB(s.database.sizeGiB, s.logRoomGiB, a.binlogDirectory !== null, gcacheGiB(s));
  const context = settingContext(s, layout, a, logGiB);
  const settings = chooseSettings(s, context);
  const initArguments = s.facts.initArguments?.(context) ?? [];
  const snapshots = chooseSnapshots(s, layout);
  const backup = chooseBackup(s, layout);
  const gcache = planGcache(s, a.gcacheDirectory, logGiB);
  const { cluster, decisions: clusterDecisions } = chooseCluster(s, gcache, backup);
  const database: PlannedDatabase = {
    ...described(s),
    mountPoint: a.mountPoint,
    dataDirectory: a.dataDirectory,
    user: a.user,
    group: a.group,
    units: a.units,
    layout,
    directories: a.directories,
    settings,
    initArguments,
    snapshots: snapshots.snapshots,
    backup: backup.backup,
    clones: s.database.clones,
    expected: expectationsFor(evidence, layout, s),
    acceptNoChecksums: s.database.override?.acceptNoChecksums ?? false,
    cluster,
  };
  return {
    database,
    logRequest: logRequestOf(s, a, logGiB),
    decisions: [
      layoutDecision(evidence, table),
      snapshots.decision,
      backup.decision,
      ...clusterDecisions,
      ...(gcache ? [gcacheDecision(s, gcache, logGiB)] : []),
      ...chooseClones(s, layout),
      ...argumentDecisions(s, initArguments),
      ...settingDecisions(s, settings),
    ],
    warnings: [...databaseWarnings(database, logGiB), ...clusterWarnings(database.name, cluster)],
  };
};
