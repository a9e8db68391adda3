import { generatorName } from "../about.ts";
import type { Evidence } from "../evidence/schema.ts";
import type { Nodesize } from "../layout/layout-choice.ts";
import { checkInvariants } from "../plan/invariants.ts";
import type { Plan, PlannedDisk, PlannedSystem } from "../plan/types.ts";
import { kernelOf } from "../platform/nixos-releases.ts";
import type { Problem } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import type { Spec } from "../spec/schema.ts";
import { arrangeDisks, logFilesystems } from "./arrange-disks.ts";
import { weighedNodesizes } from "./candidates.ts";
import { choosePoolLayouts } from "./choose-layout.ts";
import { cloneLimits, cloneLimitsDecision } from "./clone-limits.ts";
import { scrubDecision, scrubInterval } from "./filesystem-decisions.ts";
import { hostWarnings } from "./host-warnings.ts";
import { initrdModules } from "./initrd-modules.ts";
import { layoutProblems } from "./layout-refusal.ts";
import { overrideProblems } from "./override-rules.ts";
import { planDatabase } from "./plan-database.ts";
import { filesystemDecisions, type PoolResult, planFilesystem } from "./plan-filesystem.ts";
import { assignPools, type PlannedPool } from "./pools.ts";
import { situationsOf } from "./situations.ts";
import { type Weighed, weighLayouts } from "./weigh-layouts.ts";

interface WeighedPool {
  readonly planned: PlannedPool;
  readonly nodesizes: readonly Nodesize[];
  readonly databases: readonly Weighed[];
}

const weighPool = (spec: Spec, evidence: Evidence, planned: PlannedPool): WeighedPool => {
  const nodesizes = spec.override?.nodesize ? [spec.override.nodesize] : weighedNodesizes;
  const databases = situationsOf(spec, planned).map((s) => weighLayouts(evidence, s, nodesizes));
  return { planned, nodesizes, databases };
};

const problemsOf = ({ databases }: WeighedPool): Problem[] =>
  databases.flatMap((weighed) => [...overrideProblems(weighed.situation), ...layoutProblems(weighed)]);

const planPool = (evidence: Evidence, { planned, nodesizes, databases }: WeighedPool): PoolResult => {
  const layouts = choosePoolLayouts(databases, nodesizes);
  return { planned, layouts, databases: layouts.tables.map((table) => planDatabase(evidence, table)) };
};

const bootloaderOf = (spec: Spec, bootMountPoints: readonly string[]): PlannedSystem["bootloader"] => {
  if (bootMountPoints.length === 0) return null;
  if (spec.system.boot === "bios") return "grub-bios";
  // systemd-boot writes one boot partition; GRUB keeps several in step.
  return bootMountPoints.length > 1 ? "grub-efi" : "systemd-boot";
};

const planSystem = (spec: Spec, disks: readonly PlannedDisk[]): PlannedSystem => {
  const boots = disks.flatMap((disk) =>
    disk.partitions.flatMap(({ content }) => (content.use === "boot" ? [content.mountPoint] : [])),
  );
  const rooted = spec.system.root === "here";
  return {
    nixos: spec.system.nixos,
    kernel: kernelOf(spec.system),
    root: spec.system.root,
    bootloader: bootloaderOf(spec, boots),
    bootMountPoints: boots,
    memoryGiB: spec.memoryGiB,
    cpus: spec.cpus ?? null,
    luks: spec.system.luks !== false,
    passwordFile: (typeof spec.system.luks === "object" && spec.system.luks.passwordFile) || null,
    swapGiB: rooted ? spec.system.swapGiB : 0,
    initrdModules: initrdModules(spec.system),
  };
};

/** In the spec's order, whatever pool they lie in. */
const inOrder = (spec: Spec, results: readonly PoolResult[]) =>
  spec.databases.flatMap(({ name }) =>
    results.flatMap((r) => r.databases.filter((d) => d.database.name === name)),
  );

/**
 * Compiles a checked spec to a plan. Pure: the same spec, evidence and engine facts give the same plan.
 *
 * @throws Refusal where a wish or an override would break an invariant; its problems carry pointers into the
 * spec, and no file name, which only the caller knows.
 */
export const makePlan = (spec: Spec, evidence: Evidence): Plan => {
  const assignment = assignPools(spec);
  const weighed = assignment.pools.map((pool) => weighPool(spec, evidence, pool));
  const problems = weighed.flatMap(problemsOf);
  if (problems.length > 0) throw new Refusal(problems);
  const results = weighed.map((pool) => planPool(evidence, pool));
  const databases = inOrder(spec, results);
  const logs = databases.flatMap((d) => (d.logRequest ? [d.logRequest] : []));
  const disks = arrangeDisks(spec, assignment, logs);
  const filesystems = results.map((result) => planFilesystem(spec, result, disks));
  const clones = cloneLimits(spec);
  const plan: Plan = {
    generator: generatorName,
    planVersion: 1,
    host: spec.host,
    notes: spec.notes ?? null,
    system: planSystem(spec, disks),
    redundancy: spec.redundancy,
    disks,
    filesystems,
    logFilesystems: logFilesystems(spec.host, disks, logs),
    databases: databases.map((d) => d.database),
    scrub: {
      interval: scrubInterval(spec),
      mountPoints: filesystems.flatMap((f) => f.subvolumes.slice(0, 1).map((s) => s.mountPoint)),
    },
    clones,
    warnings: [...databases.flatMap((d) => d.warnings), ...hostWarnings(spec, assignment.pools, disks, logs)],
    decisions: [
      ...results.flatMap((result, position) => filesystemDecisions(spec, result, position)),
      scrubDecision(spec),
      ...cloneLimitsDecision(clones),
      ...databases.flatMap((d) => d.decisions),
    ],
  };
  checkInvariants(plan);
  return plan;
};
