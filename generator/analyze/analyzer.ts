import type { Engine } from "../spec/schema.ts";
import type { RelationSample, Sample } from "./capture/sample.ts";
import type { Capture } from "./capture/schema.ts";
import type { StoragePlace } from "./capture/storage.ts";
import type { FindingRule } from "./findings/finding.ts";
import type { EngineReadings } from "./measure/measured.ts";
import type { Reading } from "./measure/reading.ts";
import type { Span } from "./measure/span.ts";

/** What a server says of itself once. */
export interface ServerDescription {
  readonly server: Capture["server"];
  readonly settings: Capture["settings"];
  /** Whether it runs on this machine, so that its host, process and files are here. */
  readonly local: boolean;
  /** Its main process, whose children count as well; null where it is not known. */
  readonly pid: number | null;
  /** Where its files are; empty where it does not say. */
  readonly places: readonly StoragePlace[];
  /** As Capture.missing: by name, why. */
  readonly missing: Capture["missing"];
}

/** One connection, or one opened file, for the length of a capture. All of it reads; nothing waits for a lock of a writer. */
export interface Session {
  describe(): Promise<ServerDescription>;
  /** Reconnects where the connection was lost: a restart shows itself in the identity. Throws a Refusal where the server stays away. */
  sample(): Promise<Sample>;
  close(): Promise<void>;
}

/** What an engine makes of a span of samples. */
export interface Derived {
  readonly readings: EngineReadings;
  /**
   * What clients did in the window, in rows or pages, without what the capture itself caused: 0 is an idle window, in
   * which shares mean nothing.
   */
  readonly work: Reading;
  readonly pageBytes: number | null;
  /** Whether pages carry checksums that are verified; null where it is not known. */
  readonly pageChecksums: boolean | null;
  /** Names of those of the capture's settings that decide how storage is used. */
  readonly settingsThatMatter: readonly string[];
  readonly relations: readonly RelationActivity[];
}

export interface RelationActivity extends Pick<RelationSample, "name" | "kind" | "bytes"> {
  /** Rows of a table, pages of an index or file; null where they are not counted. */
  readonly readPerSecond: number | null;
  readonly writtenPerSecond: number | null;
}

/** An engine's part of the analysis: a thin shell that captures, and pure functions on what was captured. */
export interface EngineAnalyzer {
  readonly engine: Engine;
  /** What TARGET is, for help and for mistakes: form and meaning. Never one with a password. */
  readonly targets: readonly (readonly [form: string, meaning: string])[];
  /**
   * Throws a ProblemsError for a target that is none (with a password, too), and a Refusal for a server that is
   * down, too old or not known, or whose role may not read what is needed.
   */
  connect(target: string): Promise<Session>;
  derive(capture: Capture, span: Span): Derived;
  /** Of the engine's settings and counters; the storage has its own in storage/rules.ts. */
  readonly findingRules: readonly FindingRule[];
}
