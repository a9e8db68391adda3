import type { SettingContext } from "../types.ts";

/** Whether a write into a reused segment goes where the old one lay: XFS, a NOCOW directory, or a log within NOCOW data. */
export const overwritesInPlace = ({ layout }: Pick<SettingContext, "layout">): boolean =>
  layout.log !== "in-place" || layout.data === "nocow";
