import { factsOf } from "../../engines/index.ts";
import { isLogNoCow } from "../../layout/layout-choice.ts";
import type { FlippedBit, Plan, PlannedDatabase } from "../../plan/types.ts";
import { profileCopies } from "../../spec/capacity.ts";
import { decisionById } from "./decision-view.ts";
import { type Backup, backupOf, pointOf } from "./safety-losses.ts";
import { type Kept, nothingLost, type Trouble, type TroubleView } from "./trouble.ts";

const isCopied = ({ filesystem }: Kept): boolean => profileCopies[filesystem.dataProfile] > 1;

const byBtrfs = ({ plan, filesystem }: Kept): string =>
  `Btrfs, by its ${filesystem.checksum} checksums: whenever the block is read, and in the ${plan.scrub.interval} scrub.`;

const otherCopy =
  "Btrfs, from the copy on another disk, when it is read or scrubbed; the count in DbtrfsDeviceErrors tells.";

const flippedBitOf = (plan: Plan, database: PlannedDatabase): FlippedBit | null =>
  decisionById(plan, `${database.name}.layout`).candidates.find(({ chosen }) => chosen)?.flippedBit ?? null;

const seen = ({ plan, database }: Kept): string | undefined => {
  const found = flippedBitOf(plan, database);
  return found?.confidence === "measured" ? found.text : undefined;
};

const tableDetects = (kept: Kept): string => {
  const { database, title } = kept;
  const own = factsOf(database.engine).pageChecksums.has;
  if (database.layout.data === "cow")
    return own ? `${byBtrfs(kept)} ${title}'s page checksums besides.` : byBtrfs(kept);
  return own
    ? `${title}, by its page checksums, when it reads the page. Scrub sees nothing of NOCOW files.`
    : "Nobody: the files are NOCOW and have no checksums, as the spec accepts.";
};

/** A snapshot shares the blocks that were not rewritten since, bad ones as well. */
const snapshotsDoNot = ({ snapshots }: PlannedDatabase): string =>
  snapshots === null ? "" : " A snapshot shares the bad block, unless the block was written after it.";

const fromBackup = (database: PlannedDatabase, backup: Backup): string =>
  `You, by a restore from the backup (${backup.title}).${snapshotsDoNot(database)}`;

const nobody = (database: PlannedDatabase): string =>
  `Nobody: there is no second copy and no backup.${snapshotsDoNot(database)}`;

const badTable: Trouble = (kept) => {
  const backup = backupOf(kept.database);
  const row = { trouble: "A bad block in a table", detects: tableDetects(kept), seen: seen(kept) };
  if (isCopied(kept) && kept.database.layout.data === "cow")
    return { ...row, repairs: otherCopy, lost: nothingLost };
  if (backup === null)
    return { ...row, repairs: nobody(kept.database), lost: { text: "What lies in the block.", tone: "bad" } };
  return {
    ...row,
    repairs: fromBackup(kept.database, backup),
    lost: { text: `What was committed after the last backup: at most ${pointOf(backup)}.`, tone: "fair" },
  };
};

const recordsChecked = ({ database, title }: Kept): string => {
  const why = database.layout.log === "own-filesystem" ? "XFS has no checksums of data" : "the log is NOCOW";
  return `${title}, by the checksums in its log, when it reads the log in a recovery. Until then nobody: ${why}.`;
};

const outdated =
  "Nobody, and as long as the server runs nobody has to: after the next checkpoint it does not need the block any more.";

const badLog: Trouble = (kept): TroubleView => {
  const { database } = kept;
  const trouble = "A bad block in the log";
  const byBlock = !isLogNoCow(database.layout) && database.layout.log !== "own-filesystem";
  const detects = byBlock ? byBtrfs(kept) : recordsChecked(kept);
  if (byBlock && isCopied(kept))
    return { trouble, detects, repairs: otherCopy, lost: nothingLost, seen: undefined };
  return {
    trouble,
    detects,
    repairs: outdated,
    lost: {
      text: "Nothing, unless a crash comes before that checkpoint: then recovery ends at the block, or refuses it.",
      tone: "fair",
    },
    seen: undefined,
  };
};

const metadataRepair: Readonly<Record<Kept["filesystem"]["metadataProfile"], string>> = {
  single: "Nobody: there is one copy.",
  dup: "Btrfs, from the second copy on the same disk.",
  raid1: "Btrfs, from the copy on another disk.",
  raid10: "Btrfs, from the copy on another disk.",
  raid1c3: "Btrfs, from one of the copies on other disks.",
};

const badMetadata: Trouble = (kept) => {
  const { metadataProfile } = kept.filesystem;
  return {
    trouble: "A bad block in Btrfs's metadata",
    detects: byBtrfs(kept),
    repairs: metadataRepair[metadataProfile],
    lost:
      metadataProfile === "single"
        ? {
            text: "As much as hangs on the block, up to the filesystem: as when a disk is lost.",
            tone: "bad",
          }
        : nothingLost,
    seen: undefined,
  };
};

export const badBlocks: readonly Trouble[] = [badTable, badLog, badMetadata];
