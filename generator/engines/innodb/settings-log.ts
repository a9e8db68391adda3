import { btrfs } from "../../sources/btrfs.ts";
import type { SettingRule } from "../types.ts";
import type { Flavour } from "./flavour.ts";
import { redoBound, redoMiB } from "./redo-size.ts";
import { optionSize } from "./sizes.ts";

export const logSettings = (flavour: Flavour): readonly SettingRule[] => [
  {
    name: "innodb_log_group_home_dir",
    group: "log",
    value: ({ directories }) => directories.log ?? undefined,
    reason: ({ layout }) =>
      layout.log === "own-filesystem"
        ? "The redo log lives on its own filesystem, where the flush at each commit writes nothing but the log."
        : "The redo log is overwritten in place again and again. In a directory with +C, made empty before the first start, its files stay in place and every commit writes less; the data beside it keeps CoW and checksums.",
    confidence: "documented",
    sources: [flavour.sources.innodbSettings, flavour.sources.redoLog, btrfs.noCowWantsEmptyFiles],
  },
  {
    name: flavour.redoSetting,
    group: "log",
    value: (context) => optionSize(redoMiB(flavour, context)),
    reason: (context) =>
      `Here this is ${redoBound(flavour, context)}. A larger log lets a page that changes often be written less often, and on CoW data each write of a page is a new extent; the price is a longer recovery.`,
    confidence: "inferred",
    sources: [flavour.sources.redoLog, flavour.sources.innodbSettings],
  },
];
