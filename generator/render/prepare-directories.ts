import type { Compression, DataCow } from "../layout/layout-choice.ts";

/** What the hook of a filesystem makes: directories with their flags, below the top level of the filesystem. */
export interface PrepareDirectories {
  readonly device: string;
  readonly directories: readonly {
    /** Path below the top level, beginning with a subvolume: "@orders/wal". */
    readonly path: string;
    readonly cow: DataCow;
    readonly compression: Compression;
  }[];
}
