import { btrfs } from "../../sources/btrfs.ts";
import type { Source } from "../../sources/types.ts";
import type { Claim, Component, ComponentId } from "../types.ts";

const pageBytes = 16_384;

type Sources = readonly Source[];
type Snapshot = Component["inSnapshot"];

const documented = (text: string, sources: Sources): Claim => ({ text, confidence: "documented", sources });

const required = (text: string, sources: Sources): Snapshot => ({
  required: true,
  ...documented(text, sources),
});

const disposable = (text: string, sources: Sources): Snapshot => ({
  required: false,
  ...documented(text, sources),
});

/** What one server says of its own files; the rest of a component is InnoDB's and the same for both. */
export type Own = Pick<Component, "files" | "placedBy"> & { readonly sources: Sources };

const component = (
  id: ComponentId,
  title: string,
  own: Own,
  rest: Pick<Component, "pattern" | "pageBytes" | "sync" | "inSnapshot" | "fallocate">,
): Component => ({ id, title, files: own.files, placedBy: own.placedBy, ...rest });

export const dataComponent = (own: Own, fallocate: Claim): Component =>
  component("data", "Tables, indexes and the data dictionary", own, {
    pattern: documented(
      "Pages of 16 KiB, written back at random by background threads and rewritten in place.",
      own.sources,
    ),
    pageBytes,
    sync: "after each batch of pages, before the checkpoint moves on",
    inSnapshot: required(
      "Tablespaces, data dictionary and redo log refer to each other by log sequence number; one without the rest is not a database.",
      own.sources,
    ),
    fallocate,
  });

export const logComponent = (own: Own, pattern: string): Component =>
  component("log", "Redo log", own, {
    pattern: documented(pattern, own.sources),
    pageBytes: 512,
    sync: "at every commit (innodb_flush_log_at_trx_commit = 1)",
    inSnapshot: required(
      "A running server's pages are on disk only in part; without the redo log since the last checkpoint they cannot be made consistent.",
      own.sources,
    ),
    fallocate: {
      text: "The files are preallocated when they are made, so Btrfs never compresses them; a log that is overwritten in place has no use for it.",
      confidence: "inferred",
      sources: [btrfs.fallocateEndsCompression, ...own.sources],
    },
  });

export const undoComponent = (own: Own, fallocate: Claim): Component =>
  component("undo", "Undo tablespaces", own, {
    pattern: documented(
      "Pages of 16 KiB, written and read at random, emptied by the purge threads.",
      own.sources,
    ),
    pageBytes,
    sync: "with the data, before the checkpoint moves on",
    inSnapshot: required("Recovery rolls unfinished transactions back by them.", own.sources),
    fallocate,
  });

export const doublewriteComponent = (own: Own, pattern: string): Component =>
  component("doublewrite", "Doublewrite buffer", own, {
    pattern: documented(pattern, own.sources),
    pageBytes,
    sync: "before the pages are written to their own place",
    inSnapshot: required(
      "A page that is half written when the snapshot is taken is repaired from its copy in the doublewrite buffer.",
      own.sources,
    ),
    fallocate: null,
  });

export const binlogComponent = (own: Own): Component =>
  component("binlog", "Binary log", own, {
    pattern: documented(
      "Appended, a new file at each start and at 1 GiB, deleted when it expires.",
      own.sources,
    ),
    pageBytes: null,
    sync: "at every group of commits (sync_binlog = 1)",
    inSnapshot: required(
      "At recovery the last binary log decides which prepared transactions were committed; without it, or with one of another moment, answered commits are rolled back.",
      own.sources,
    ),
    fallocate: null,
  });

export const temporaryComponent = (own: Own): Component =>
  component("temp", "Temporary tablespaces", own, {
    pattern: documented("Pages of 16 KiB at random; made anew at every start.", own.sources),
    pageBytes,
    sync: "never",
    inSnapshot: disposable("Nothing in it outlives the server process.", own.sources),
    fallocate: null,
  });
