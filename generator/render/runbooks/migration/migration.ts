import type { Plan, PlannedDatabase } from "../../../plan/types.ts";
import { filesystemOf, migrateDatabase } from "../../migrate/make-view.ts";
import { migrateScriptPath } from "../../migrate/script.ts";
import type { MigrateDatabase } from "../../migrate/view.ts";
import { commands, list, type Runbook, type RunbookSection, text, untriedCommands } from "../runbook.ts";
import {
  comparison,
  copied,
  exchanged,
  newDirectories,
  settled,
  started,
  stopped,
  takenBack,
} from "./by-hand.ts";
import {
  aboutRefusals,
  aboutReplica,
  aboutRoot,
  aboutSecondPass,
  places,
  situations,
  ways,
} from "./texts.ts";
import { OLD, word } from "./words.ts";

const script = (d: MigrateDatabase, words: string): string =>
  `bash ${migrateScriptPath} ${word(d.name)} ${words}`;

const first = (plan: Plan, database: PlannedDatabase, d: MigrateDatabase): RunbookSection => ({
  title: "What must be there first",
  blocks: [
    text(
      "The planned filesystems, empty or in use, under the names that the configuration mounts them by. The old files are somewhere else, or in the planned subvolume with the wrong flags. A backup that has been restored once.",
    ),
    list(...[...d.devices, ...(d.logDevice === "" ? [] : [d.logDevice])]),
    text(
      "On a new disk disko makes them, all that disko.nix names, and deletes what was on the disks. A Btrfs that is to stay needs only its partition's name: sgdisk --change-name=NUMBER:NAME DISK, with what stands after by-partlabel/ for NAME, then partprobe.",
    ),
    untriedCommands(
      "format",
      "it formats the disks: the lab's installer has run it before any scenario begins",
      "nix run github:nix-community/disko -- --mode destroy,format disko.nix",
    ),
    ...aboutRoot(plan, database, filesystemOf(plan, database)),
  ],
});

const look = (d: MigrateDatabase): RunbookSection => ({
  title: "Look first",
  blocks: [
    text(
      `${OLD} is the old data directory, here and below; commands are for root, in the folder of the generated files. The last one prints all that the script would do, with the sizes found, and changes nothing.`,
    ),
    commands(
      "look",
      `findmnt --target ${OLD} --output TARGET,SOURCE,FSTYPE,OPTIONS`,
      `lsattr -d ${OLD} || true`,
      script(d, `--dry-run --from ${OLD} copy switch finish`),
    ),
    text(aboutRefusals[d.engine] ?? ""),
  ],
});

const rebuilt = untriedCommands(
  "rebuild",
  "the lab's machine is no NixOS: it has the generated configuration from the start",
  "nixos-rebuild switch",
);

const byHand = (d: MigrateDatabase): RunbookSection => ({
  title: "It may stop: by hand",
  blocks: [
    text("The script below does the same, and can be interrupted. First the server stops, cleanly:"),
    commands("stop", ...stopped(d)),
    text(
      "A new subvolume and directories, with their flags: these count only for what is made afterwards, and a new subvolume inherits no +C.",
    ),
    commands("new", ...newDirectories(d)),
    text(
      "Copies. mv would keep the old flags, and cp --reflink=auto, which is cp's default, the old extents.",
    ),
    commands("copy", ...copied(d)),
    text("The checksum of every new file against the old one; nothing is printed where all agree:"),
    commands("compare", ...comparison(d)),
    commands("settle", ...settled(d)),
    text("The new subvolume takes the planned name. What has it now stays under another one."),
    commands("exchange", ...exchanged(d)),
    text("The generated configuration, if it is not the host's yet, mounts it. Then the server starts:"),
    rebuilt,
    commands("start", ...started(d)),
    text(
      "Back, as long as nothing that was written since is needed; after a nixos-rebuild switch also nixos-rebuild switch --rollback:",
    ),
    commands("back", ...takenBack(d)),
    text(
      `Once it has run well for some days and a backup of it has been restored, delete ${OLD}, the subvolume ${d.subvolume}.before-migration where there is one, and .dbtrfs-old on the log's filesystem.`,
    ),
  ],
});

const stoppedByScript = (d: MigrateDatabase): RunbookSection => ({
  title: "It may stop: by the script",
  blocks: [
    commands("script", script(d, `--from ${OLD} stop copy switch`)),
    text("Then nixos-rebuild switch, as above, if the generated configuration is not the host's yet."),
    commands("script-finish", script(d, "finish")),
    text("Back to the old files; what was written since the switch is lost:"),
    commands("script-undo", script(d, "--yes undo")),
  ],
});

const aMinute = (d: MigrateDatabase): RunbookSection => ({
  title: "It may stop for a minute",
  blocks: [
    text(aboutSecondPass),
    commands("beside", script(d, `--from ${OLD} copy`)),
    text("Later, in a quiet minute:"),
    commands("switch", script(d, "switch")),
    text("Then nixos-rebuild switch, as above, if the generated configuration is not the host's yet."),
    commands("finish", script(d, "finish")),
    text(
      "The old files stay until you say otherwise. It asks; --yes answers. Wait until it has run well for some days, and a backup of it has been restored.",
    ),
    commands("forget", script(d, "--yes forget")),
    text(aboutReplica[d.engine] ?? ""),
  ],
});

const tooBig = (d: MigrateDatabase): RunbookSection => ({
  title: "Too big for a second copy",
  blocks: [
    text(
      "Backup and restore is the safe way: back it up to where there is room, restore it on a machine made from this plan, compare, then do the same here. See the runbook for restoring it from its backup.",
    ),
    text(
      "File by file needs room for the largest file alone: each old file is deleted once its copy has been compared. From the first file on there is no way back but the backup. Snapshots of the old files keep all their room, so delete those before. It may be interrupted and run again.",
    ),
    commands("file-by-file", script(d, `--from ${OLD} --file-by-file --yes stop copy switch`)),
    commands("file-by-file-finish", script(d, "finish")),
    commands("file-by-file-forget", script(d, "--yes forget")),
  ],
});

/** From what is there to what is planned. */
export const migrationRunbook = (plan: Plan, database: PlannedDatabase): Runbook => {
  const d = migrateDatabase(plan, database);
  return {
    id: `migrate-${database.name}`,
    title: `Migrate ${database.name} to this layout`,
    sections: [
      { title: undefined, blocks: [situations(d), ways(d, database), places(d)] },
      first(plan, database, d),
      look(d),
      byHand(d),
      stoppedByScript(d),
      aMinute(d),
      tooBig(d),
    ],
  };
};
