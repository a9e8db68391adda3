import { isAtOrBelow } from "../../../paths.ts";
import type { MigrateDatabase, MigrateDirectory } from "../../migrate/view.ts";
import { logTop, OLD, top, word } from "./words.ts";

const isPostgresql = ({ engine }: MigrateDatabase): boolean => engine === "postgresql";
const isInnodb = ({ engine }: MigrateDatabase): boolean => engine === "mysql" || engine === "mariadb";

const fresh = (d: MigrateDatabase): string => `${top}/${d.subvolume}.migrating`;
const before = (d: MigrateDatabase): string => `${top}/${d.subvolume}.before-migration`;
const now = (d: MigrateDatabase): string => `${top}/${d.subvolume}`;

/** Where a planned path is made before it takes its place. */
export const staged = (d: MigrateDatabase, path: string): string =>
  d.logMount !== "" && isAtOrBelow(d.logMount, path)
    ? `${logTop}/.dbtrfs-new${path.slice(d.logMount.length)}`
    : `${fresh(d)}${path.slice(d.mountPoint.length)}`;

/** Not -a, which would bring the compression property along; a reflink would keep the old extents and be refused by +C. */
const copy = "cp -r --preserve=mode,ownership,timestamps,links --reflink=never";

const flags = ({ filesystem, cow, compression }: MigrateDirectory, path: string): string[] => {
  if (filesystem !== "btrfs") return [];
  return [
    ...(cow === "nocow" ? [`chattr +C ${path}`] : []),
    ...(compression === "none" ? [] : [`btrfs property set ${path} compression ${compression}`]),
  ];
};

const made = (d: MigrateDatabase, directory: MigrateDirectory): string[] => {
  const path = word(staged(d, directory.path));
  return [
    `mkdir -p ${path}`,
    `chown ${word(directory.owner)} ${path}`,
    `chmod ${directory.mode} ${path}`,
    ...flags(directory, path),
  ];
};

const mountLog = ({ logDevice }: MigrateDatabase): string[] =>
  logDevice === "" ? [] : [`mkdir -p ${logTop}`, `mount -o noatime ${word(logDevice)} ${logTop}`];

export const newDirectories = (d: MigrateDatabase): string[] => [
  `mkdir -p ${top}`,
  `mount -o ${word(d.mountOptions)} ${word(d.devices[0] ?? "")} ${top}`,
  ...mountLog(d),
  `btrfs subvolume create ${word(fresh(d))}`,
  ...(d.logMount === "" ? [] : [`mkdir -p ${word(`${fresh(d)}${d.logMount.slice(d.mountPoint.length)}`)}`]),
  ...d.directories.flatMap((directory) => made(d, directory)),
  "# C has to be in the flags of what is NOCOW, and in those of nothing else:",
  `lsattr -d ${d.directories
    .filter(({ filesystem }) => filesystem === "btrfs")
    .map(({ path }) => word(staged(d, path)))
    .join(" ")}`,
];

const copiedWal = (d: MigrateDatabase, data: string): string[] => {
  const wal = word(staged(d, d.walDirectory));
  return d.walDirectory === ""
    ? []
    : [`mkdir -p ${wal}`, `${copy} ${OLD}/pg_wal/. ${wal}/`, `rm -r ${data}/pg_wal`];
};

/** Copied from the old place again, and not moved within the new one: mv keeps the flags of the first copy. */
const copiedRedo = (d: MigrateDatabase, data: string): string[] => {
  if (d.redoDirectory === "") return [];
  const files = d.engine === "mysql" ? "'#innodb_redo'" : "ib_logfile0";
  return [`${copy} ${OLD}/${files} ${word(staged(d, d.redoDirectory))}/`, `rm -r ${data}/${files}`];
};

const copiedBinlog = (d: MigrateDatabase, data: string): string[] => {
  if (d.binlog === "") return [];
  const folder = d.binlog.slice(0, d.binlog.lastIndexOf("/"));
  return [
    "# The binary log's files keep their names; the index names each with its directory.",
    `for index in ${OLD}/*.index; do`,
    '  if [ ! -f "$index" ]; then continue; fi',
    '  base=$(basename "$index" .index)',
    `  ${copy} ${OLD}/"$base".[0-9]* ${word(staged(d, folder))}/`,
    `  sed 's,^.*/,,; s,^,${folder}/,' "$index" >${word(`${staged(d, d.binlog)}.index`)}`,
    `  rm ${data}/"$base".*`,
    "done",
  ];
};

export const copied = (d: MigrateDatabase): string[] => {
  const data = word(staged(d, d.dataDirectory));
  return [
    `${copy} ${OLD}/. ${data}/`,
    ...(isPostgresql(d) ? copiedWal(d, data) : []),
    ...(isInnodb(d) ? [...copiedRedo(d, data), ...copiedBinlog(d, data)] : []),
    `sync -f ${word(fresh(d))}`,
  ];
};

const compared = (made: string, old: string): string =>
  `(cd ${made} && find . -type f -exec sha256sum {} +) | (cd ${old} && sha256sum --check --quiet)`;

export const comparison = (d: MigrateDatabase): string[] => {
  const noCow = d.directories.filter(({ cow }) => cow === "nocow").map(({ path }) => word(staged(d, path)));
  return [
    compared(word(staged(d, d.dataDirectory)), OLD),
    ...(d.walDirectory === "" ? [] : [compared(word(staged(d, d.walDirectory)), `${OLD}/pg_wal`)]),
    ...(d.redoDirectory === "" ? [] : [compared(word(staged(d, d.redoDirectory)), OLD)]),
    ...(noCow.length === 0
      ? []
      : [
          "# No file of a NOCOW directory is without C: this prints nothing.",
          `find ${noCow.join(" ")} -type f -size +15 -exec lsattr {} + | grep -v '^[^ ]*C' || true`,
        ]),
  ];
};

const settledPostgresql = (d: MigrateDatabase): string[] => {
  const data = word(staged(d, d.dataDirectory));
  return [
    ...(d.walLink === "" ? [] : [`ln -s ${word(staged(d, d.walDirectory))} ${data}/pg_wal`]),
    ...(d.pageChecksums === 0
      ? []
      : [
          "# The plan needs page checksums; where the old cluster has them this does nothing.",
          `pg_controldata ${data} | grep -q 'checksum version: *[1-9]' || runuser -u ${word(d.user)} -- pg_checksums --enable --pgdata=${data}`,
        ]),
    ...(d.walLink === ""
      ? []
      : [
          "# A relative link leads into the same snapshot, wherever that is mounted.",
          `ln -sfn ${word(d.walLink)} ${data}/pg_wal`,
        ]),
  ];
};

const settledSqlite = (d: MigrateDatabase): string[] => [
  "# For each database file:",
  `for file in ${word(staged(d, d.dataDirectory))}/*.db; do`,
  `  runuser -u ${word(d.user)} -- sqlite3 "$file" 'PRAGMA wal_checkpoint(TRUNCATE); PRAGMA integrity_check'`,
  "done",
];

/** cp gave a directory the mode of the one that it copied into it. */
const modes = (d: MigrateDatabase): string[] =>
  d.directories.map(({ path, mode }) => `chmod ${mode} ${word(staged(d, path))}`);

export const settled = (d: MigrateDatabase): string[] => [
  `chown -R --no-dereference ${word(d.owner)} ${word(fresh(d))}${d.logDevice === "" ? "" : ` ${logTop}/.dbtrfs-new`}`,
  ...modes(d),
  ...(isPostgresql(d) ? settledPostgresql(d) : []),
  ...(d.engine === "sqlite" ? settledSqlite(d) : []),
];

const unmounted = (d: MigrateDatabase): string =>
  `findmnt -nro TARGET | grep -E '^${d.mountPoint}(/|$)' | sort -r | xargs -r -n 1 umount`;

const movedEntries = (from: string, to: string): string =>
  `find ${from} -mindepth 1 -maxdepth 1 ! -name '.dbtrfs-*' -exec mv -t ${to} {} +`;

export const exchanged = (d: MigrateDatabase): string[] => [
  unmounted(d),
  `if [ -d ${word(now(d))} ]; then mv ${word(now(d))} ${word(before(d))}; fi`,
  `mv ${word(fresh(d))} ${word(now(d))}`,
  ...(d.logDevice === ""
    ? []
    : [
        `mkdir -p ${logTop}/.dbtrfs-old`,
        movedEntries(logTop, `${logTop}/.dbtrfs-old`),
        movedEntries(`${logTop}/.dbtrfs-new`, logTop),
        `rmdir ${logTop}/.dbtrfs-new`,
        ...d.directories
          .filter(({ path }) => path === d.logMount)
          .flatMap(({ owner, mode }) => [`chown ${word(owner)} ${logTop}`, `chmod ${mode} ${logTop}`]),
      ]),
];

const mounts = (d: MigrateDatabase): string[] =>
  [d.mountPoint, ...(d.logMount === "" ? [] : [d.logMount])].map(
    (path) => `mountpoint -q ${word(path)} || mount ${word(path)}`,
  );

const serverCheck = (d: MigrateDatabase): string[] => {
  if (isPostgresql(d))
    return [
      "# Reads every row, and so the checksum of every page of a table:",
      `runuser -u ${word(d.user)} -- pg_dumpall >/dev/null`,
    ];
  if (isInnodb(d)) {
    const client = `runuser -u ${word(d.user)} -- mysql --user=${word(d.user)} --batch --skip-column-names`;
    return [
      "# Every table:",
      `${client} --execute="SELECT CONCAT('CHECK TABLE \\\`', table_schema, '\\\`.\\\`', table_name, '\\\`;') FROM information_schema.tables WHERE engine = 'InnoDB' AND table_type = 'BASE TABLE'" | ${client} | tee /run/migrate/check`,
      "# None that is not OK:",
      "awk '!/OK$/ { bad = 1; print } END { exit bad }' /run/migrate/check",
    ];
  }
  return [];
};

export const started = (d: MigrateDatabase): string[] => [
  ...mounts(d),
  `systemctl start ${d.units.map(word).join(" ")}`,
  ...serverCheck(d),
  "dbtrfs-verify",
];

export const stopped = (d: MigrateDatabase): string[] => [
  `systemctl stop ${d.units.map(word).join(" ")}`,
  ...(isPostgresql(d) ? [`pg_controldata ${OLD} | grep 'state: *shut down'`] : []),
];

/** Both at once: what was new goes, what was there before comes back. */
export const takenBack = (d: MigrateDatabase): string[] => [
  `systemctl stop ${d.units.map(word).join(" ")}`,
  unmounted(d),
  `btrfs subvolume delete ${word(now(d))}`,
  `if [ -d ${word(before(d))} ]; then mv ${word(before(d))} ${word(now(d))}; mount ${word(d.mountPoint)}; fi`,
  ...(d.logDevice === ""
    ? []
    : [
        `find ${logTop} -mindepth 1 -maxdepth 1 ! -name '.dbtrfs-*' -exec rm -r {} +`,
        movedEntries(`${logTop}/.dbtrfs-old`, logTop),
        `rmdir ${logTop}/.dbtrfs-old`,
        `umount ${logTop}`,
      ]),
  `umount ${top}`,
];
