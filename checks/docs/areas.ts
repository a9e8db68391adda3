import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A page of docs/modules, and the file whose first comment introduces it. */
export interface Area {
  readonly page: string;
  readonly title: string;
  readonly introducedBy: string;
}

const named: readonly (Area & { readonly files: RegExp })[] = [
  {
    page: "instances",
    title: "Instances",
    introducedBy: "modules/instances.nix",
    files: /^modules\/(instances?|directory)\.nix$/,
  },
  {
    page: "snapshots",
    title: "Snapshots",
    introducedBy: "modules/snapshots.nix",
    files: /^modules\/(snapshot.*|retention)\.nix$/,
  },
  {
    page: "clones",
    title: "Clones",
    introducedBy: "modules/clones.nix",
    files: /^modules\/clones/,
  },
  {
    page: "restore",
    title: "Restore and drills",
    introducedBy: "modules/drill.nix",
    files: /^modules\/(restore|drill).*\.nix$/,
  },
  {
    page: "backups",
    title: "Backups",
    introducedBy: "modules/backup/default.nix",
    files: /^modules\/backup\//,
  },
  {
    page: "backup-host",
    title: "Backup host",
    introducedBy: "modules/backup-host/default.nix",
    files: /^modules\/backup-host\//,
  },
  {
    page: "clusters",
    title: "Clusters",
    introducedBy: "modules/cluster/options.nix",
    files: /^modules\/cluster\//,
  },
  {
    page: "verify",
    title: "Verification",
    introducedBy: "modules/verify.nix",
    files: /^modules\/(verify|guard).*\.nix$/,
  },
];

const repository = join(import.meta.dirname, "..", "..");

const ownArea = (file: string): Area => {
  const page = basename(file, ".nix");
  return { page, title: `${page.charAt(0).toUpperCase()}${page.slice(1)}`, introducedBy: file };
};

/** The page of a file's options; a file that no area names has one of its own. */
export const areaOf = (file: string): Area => named.find(({ files }) => files.test(file)) ?? ownArea(file);

/** The comment at the top of a Nix file, which is Markdown, on one line. */
export const firstComment = (file: string): string => {
  const lines = readFileSync(join(repository, file), "utf8").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const text = lines.slice(0, end).map((line) => line.replace(/^# ?/, ""));
  if (text.length === 0) throw new Error(`${file}: begin it with a comment that says what it is for`);
  return text.join(" ");
};
