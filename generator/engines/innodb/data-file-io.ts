import { atLeast } from "../../version.ts";
import type { SettingContext } from "../types.ts";
import type { Flavour } from "./flavour.ts";

/** First kernel that turns direct writes to files with checksums into buffered ones. */
const buffersDirectWrites = "6.15";

/**
 * Whether the data files are opened with O_DIRECT, the servers' default. On an older kernel a page that changes
 * while it is written leaves a checksum on disk that does not fit the data; backports of the change to 6.6 and 6.12
 * are not counted on. From 6.15 on only the reads are direct, which is why it stays: on 6.18 and CoW data larger
 * than the pool, MySQL 9.7 read 70 to 80 KiB a transaction that way and 100 to 113 KiB through the page cache, with
 * a fifth to a third less processor time; MariaDB 10.11 was about even.
 *
 * Where pages are overwritten in place, only the doublewrite buffer can mend a torn one, so it must be on disk first.
 */
export const isDirect = (
  flavour: Pick<Flavour, "flushesDirectDoublewrite">,
  {
    layout,
    kernel,
  }: Pick<SettingContext, "kernel"> & { readonly layout: Pick<SettingContext["layout"], "data"> },
): boolean =>
  layout.data === "nocow" ? flavour.flushesDirectDoublewrite : atLeast(kernel, buffersDirectWrites);
