import { btrfs } from "../../sources/btrfs.ts";
import { mariadbSources as sources } from "../../sources/mariadb.ts";
import {
  binlogComponent,
  dataComponent,
  doublewriteComponent,
  logComponent,
  temporaryComponent,
  undoComponent,
} from "../innodb/components.ts";
import type { Claim, Component } from "../types.ts";

/** Seen on 10.11.19 and 11.8.6 under strace, with Btrfs storing 100 % of a file that zstd takes to 5 %. */
const fallocate: Claim = {
  text: "Every tablespace is made and extended by fallocate, and no setting changes that, so Btrfs never compresses what is written to it.",
  confidence: "inferred",
  sources: [sources.fallocateAlways, btrfs.fallocateEndsCompression, btrfs.fallocateMarksTheFile],
};

const aria: Component = {
  id: "journal",
  title: "Aria log",
  files: ["aria_log_control", "aria_log.*"],
  pattern: {
    text: "Sequential appends to files of at most 1 GiB, for the system tables and other tables of the Aria engine.",
    confidence: "documented",
    sources: [sources.aria, sources.ariaSettings],
  },
  pageBytes: 8192,
  sync: "at the end of each statement on an Aria table",
  placedBy: "aria_log_dir_path",
  inSnapshot: {
    required: true,
    text: "The system tables in mysql/ are Aria tables, and recovery repairs them by this log.",
    confidence: "documented",
    sources: [sources.aria],
  },
  fallocate: null,
};

export const mariadbComponents: readonly Component[] = [
  dataComponent(
    {
      files: ["*/*.ibd", "ibdata1", "mysql/*.MAD", "mysql/*.MAI"],
      placedBy: "innodb_data_home_dir for ibdata1; DATA DIRECTORY for a table",
      sources: [sources.systemTablespaces, sources.redoLog],
    },
    fallocate,
  ),
  logComponent(
    { files: ["ib_logfile0"], placedBy: "innodb_log_group_home_dir", sources: [sources.redoLog] },
    "Sequential appends to one circular file, so that a commit overwrites blocks that exist. On Btrfs always through the page cache: MariaDB cannot find the block size of the device and then ignores innodb_log_file_buffering = OFF. On XFS it uses O_DIRECT by itself.",
  ),
  undoComponent(
    {
      files: ["ibdata1 (10.11)", "undo001, undo002, undo003 (from 11.0)"],
      placedBy: "innodb_undo_directory",
      sources: [sources.undoLog, sources.innodbSettings],
    },
    fallocate,
  ),
  doublewriteComponent(
    { files: ["ibdata1"], placedBy: null, sources: [sources.doublewrite, sources.innodbSettings] },
    "Batches of 128 pages, written in sequence to a fixed place in the system tablespace.",
  ),
  binlogComponent({
    files: ["binlog.*"],
    placedBy: "log_bin",
    sources: [sources.binaryLogActivation, sources.groupCommit],
  }),
  temporaryComponent({
    files: ["ibtmp1"],
    placedBy: "innodb_temp_data_file_path",
    sources: [sources.temporaryTablespaces],
  }),
  aria,
];
