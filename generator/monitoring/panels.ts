import type { Plan } from "../plan/types.ts";
import { timedBackup } from "./backup-runs.ts";
import { cloneSection } from "./clone-panels.ts";
import { backupSection, drillSection, snapshotSection } from "./copy-panels.ts";
import { diskSection, planSection, spaceSection } from "./host-panels.ts";
import type { Section } from "./panel.ts";

/** What the dashboard of a host shows: what its plan calls for. */
export const sectionsOf = (plan: Plan): Section[] => {
  const { databases } = plan;
  const snapshots = databases.some((database) => database.snapshots !== null);
  return [
    planSection,
    ...(snapshots ? [snapshotSection(databases), drillSection] : []),
    ...(databases.some(timedBackup) ? [backupSection(databases)] : []),
    ...(databases.some(({ clones }) => clones) ? [cloneSection] : []),
    spaceSection,
    diskSection(plan),
  ];
};
