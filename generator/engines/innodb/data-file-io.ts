import { atLeast } from "../../version.ts";
import type { SettingContext } from "../types.ts";

/** First kernel that turns direct writes to files with checksums into buffered ones. */
const buffersDirectWrites = "6.15";

/**
 * Whether the data files are opened with O_DIRECT, the servers' default. On an older kernel a page that changes
 * while it is written leaves a checksum on disk that does not fit the data.
 */
export const isDirect = ({ layout, kernel }: Pick<SettingContext, "layout" | "kernel">): boolean =>
  layout.data === "nocow" || atLeast(kernel, buffersDirectWrites);
