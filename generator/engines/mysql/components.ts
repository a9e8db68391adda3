import { btrfs } from "../../sources/btrfs.ts";
import { mysqlSources as sources } from "../../sources/mysql.ts";
import {
  binlogComponent,
  dataComponent,
  doublewriteComponent,
  logComponent,
  temporaryComponent,
  undoComponent,
} from "../innodb/components.ts";
import type { Claim, Component } from "../types.ts";

/** Seen on 9.7.4 under strace, with Btrfs storing 100 % of a file that zstd takes to 5 %. */
const fallocate: Claim = {
  text: "Every tablespace is made and extended by posix_fallocate: the manual says so of innodb_extend_and_initialize = OFF, and of ON only that zeros are written, but 9.7.4 was seen to do both. Either way Btrfs counts the file as preallocated and does not compress what is written to it.",
  confidence: "inferred",
  sources: [sources.tablespaceAllocation, btrfs.fallocateEndsCompression, btrfs.fallocateMarksTheFile],
};

export const mysqlComponents: readonly Component[] = [
  dataComponent(
    {
      files: ["*/*.ibd", "mysql.ibd", "ibdata1"],
      placedBy: "innodb_data_home_dir for ibdata1; DATA DIRECTORY for a table",
      sources: [sources.systemTablespace, sources.recovery],
    },
    fallocate,
  ),
  logComponent(
    { files: ["#innodb_redo/"], placedBy: "innodb_log_group_home_dir", sources: [sources.redoLog] },
    "Sequential appends to 32 files of a thirty-second of the capacity each, which are renamed for reuse, so that a commit overwrites blocks that exist. MySQL never opens them with O_DIRECT.",
  ),
  undoComponent(
    {
      files: ["undo_001", "undo_002"],
      placedBy: "innodb_undo_directory",
      sources: [sources.undoTablespaces],
    },
    fallocate,
  ),
  doublewriteComponent(
    { files: ["#ib_16384_*.dblwr"], placedBy: "innodb_doublewrite_dir", sources: [sources.doublewrite] },
    "Batches of pages, written in sequence to files of their own that are overwritten in place.",
  ),
  binlogComponent({
    files: ["binlog.*"],
    placedBy: "log_bin",
    sources: [sources.binaryLog, sources.binaryLogOptions],
  }),
  temporaryComponent({
    files: ["ibtmp1", "#innodb_temp/"],
    placedBy: "innodb_temp_data_file_path and innodb_temp_tablespaces_dir",
    sources: [sources.temporaryTablespaces],
  }),
];
