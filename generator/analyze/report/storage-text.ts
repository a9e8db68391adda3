import type { Analysis } from "../analysis.ts";
import type { StorageComponent, StorageFile } from "../capture/storage.ts";
import { entry, oneLine, size } from "./text.ts";

/** More than these, as with a directory of SQLite files, are in the JSON. */
const shown = 8;

const share = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

/** Of the largest file that was looked at. */
const extentsText = (files: readonly StorageFile[]): string[] => {
  const [largest] = files.filter(({ extents }) => extents !== null).sort((a, b) => b.bytes - a.bytes);
  if (!largest?.extents) return [];
  const { bytes, extents } = largest;
  const { count, sharedBytes, compressedBytes, complete } = extents;
  const whole = extents.bytes || 1;
  return [
    `largest file ${size(bytes)} in ${count} extents${complete ? "" : " and more"}`,
    ...(compressedBytes > 0 ? [`${share(compressedBytes, whole)} compressed`] : []),
    ...(sharedBytes > 0 ? [`${share(sharedBytes, whole)} shared with snapshots or copies`] : []),
  ];
};

const flagsText = ({ mount, attributes, compressionProperty }: StorageComponent): string[] => [
  ...(mount?.type === "btrfs" && attributes !== null ? [attributes.includes("C") ? "NOCOW" : "CoW"] : []),
  ...(compressionProperty ? [`compression ${oneLine(compressionProperty)}`] : []),
];

const mountText = ({ mount, deviceKind }: StorageComponent): string[] =>
  mount === null
    ? []
    : [
        `${oneLine(mount.type)} on ${oneLine(mount.device)}${deviceKind === null ? "" : ` (${deviceKind})`}`,
        `mounted at ${oneLine(mount.mountPoint)}`,
      ];

const componentText = (component: StorageComponent): string => {
  const { role, name, path, realPath, bytes, sampledFiles } = component;
  const parts = [
    oneLine(realPath ?? path),
    ...(bytes === null ? [] : [size(bytes)]),
    ...mountText(component),
    ...flagsText(component),
    ...extentsText(sampledFiles),
  ];
  return entry(name === null ? role : `${role} ${oneLine(name)}`, parts.join(", "));
};

/** Where the files really lie, and on what. */
export const storageText = ({ storage }: Analysis): string => {
  const components = storage?.components ?? [];
  const rest = components.length - shown;
  return [
    ...components.slice(0, shown).map(componentText),
    ...(rest > 0 ? [entry("", `and ${rest} more, in --json`)] : []),
  ].join("");
};

/** Engines name them in the order of their weight; the rest is in the JSON. */
const shownSettings = 12;

/** Settings that decide how storage is used, as the server reports them. */
export const settingsText = ({ database }: Analysis): string => {
  const given = Object.entries(database.settings).filter(([, value]) => value !== "");
  const settings = given.slice(0, shownSettings).map(([name, value]) => `${name} = ${value}`);
  const more = given.length - settings.length;
  const checksums = { true: "page checksums on", false: "page checksums off", null: "" };
  const parts = [
    ...(database.pageBytes === null ? [] : [`pages of ${size(database.pageBytes)}`]),
    checksums[`${database.pageChecksums}`],
    ...settings,
    more > 0 ? `and ${more} more, in --json` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : entry("settings", oneLine(parts.join(", ")));
};
