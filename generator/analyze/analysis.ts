import type { Engine } from "../spec/schema.ts";
import type { Profile, WorkloadClass } from "../spec/workload.ts";
import type { RelationActivity } from "./analyzer.ts";
import type { Capture } from "./capture/schema.ts";
import type { Storage } from "./capture/storage.ts";
import type { Classification } from "./classify/classify.ts";
import type { Finding } from "./findings/finding.ts";
import type { Measured } from "./measure/measured.ts";
import type { Break } from "./measure/span.ts";

/** What `dbtrfs analyze --json` prints and `--out` writes. A spec may name that file as a workload: plan reads its `profile`. */
export interface Analysis {
  readonly analysisVersion: 1;
  readonly engine: Engine;
  /** Null where the measurements do not say; classification.remark has the reason. */
  readonly class: WorkloadClass | null;
  /** For `plan`; null where a share that it needs is unknown. */
  readonly profile: Profile | null;
  readonly profileUnknown: string | null;
  readonly storage: Storage | null;
  readonly findings: readonly Finding[];
  readonly classification: Classification;
  readonly measured: Measured["measured"];
  readonly unknown: Measured["unknown"];
  readonly relations: {
    readonly largest: readonly RelationActivity[];
    readonly hottest: readonly RelationActivity[];
  };
  readonly database: {
    readonly target: string;
    readonly version: string;
    readonly pageBytes: number | null;
    readonly pageChecksums: boolean | null;
    readonly settings: Capture["settings"];
  };
  readonly host: Capture["host"];
  readonly window: {
    readonly from: string;
    readonly to: string;
    readonly seconds: number;
    readonly samples: number;
    /** Nobody worked with the database in it, so that no share means anything. */
    readonly idle: boolean;
    /** Restarts and resets; the window lies between two of them. */
    readonly breaks: readonly Break[];
  };
  readonly missing: Capture["missing"];
}
