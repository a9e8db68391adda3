import * as z from "zod";

/**
 * The strings of a spec that end up as names and paths. disko writes device names, mount points and labels
 * into its shell scripts inside double quotes and does not escape them (lib/types/btrfs.nix), so these types
 * let through only what is inert there. Free text (notes) has no such limit: it meets the outside only
 * through the quoting of the language it is rendered to.
 */

const matching = (pattern: RegExp, allowed: string, description: string) =>
  z.string().regex(pattern, { error: allowed }).meta({ description });

/** What a pattern lets through and must not be all the same; the pattern stays plain enough for every reader of the JSON Schema. */
const exceptWhere = (text: z.ZodString, refused: RegExp, allowed: string) =>
  text.refine((value) => !refused.test(value), { error: allowed });

export const hostName = matching(
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "a host name label: lower-case letters, digits and inner hyphens, at most 63",
  "Host name; becomes networking.hostName and the label of the filesystems.",
);

export const databaseName = matching(
  /^[a-z][a-z0-9_-]{0,30}$/,
  "a lower-case letter, then up to 30 of a-z 0-9 _ -",
  "Name of this database on this host; names its subvolume, its units and its part of the report.",
);

/** Characters that udev itself keeps unescaped in /dev/disk links (systemd.device, udev SYMLINK). */
const deviceName = matching(
  /^\/dev(\/[0-9A-Za-z#+\-.:=@_]+)+$/,
  "a path below /dev of names made of letters, digits and # + - . : = @ _, without a final slash",
  "Block device, best as /dev/disk/by-id/…: other names can change from boot to boot.",
);

/** Only what certainly is one: /dev/xvda1 is a whole disk on some hosts. */
const partition =
  /^\/dev\/(disk\/by-(id|path)\/.*-part\d+|(nvme\d+n|mmcblk)\d+p\d+|[shv]d[a-z]+\d+|disk\/by-part\w+\/.*)$/;

/** One spelling for each device, so that a disk named twice is seen. */
export const devicePath = exceptWhere(
  exceptWhere(deviceName, /\/\.{1,2}(\/|$)/, "a path without . and .."),
  partition,
  "a whole disk, not a partition",
);

export const directoryPath = matching(
  /^(\/[A-Za-z0-9_][A-Za-z0-9._@+-]{0,254})+$/,
  "an absolute path of plain names (letters, digits, . _ @ + -, at most 255) without a final slash, . or ..",
  "An absolute directory path.",
);

export const accountName = matching(
  /^[a-z_][a-z0-9_-]{0,30}$/,
  "a Unix account name: a-z or _, then a-z 0-9 _ -",
  "A Unix user or group.",
);

/** With a suffix of its own it would become NAME.service.service, which nothing starts. */
export const unitName = exceptWhere(
  matching(
    /^[A-Za-z0-9:_.@-]+$/,
    "a systemd service name without the suffix .service",
    "A systemd service, without .service.",
  ),
  /\.(service|socket|target|timer|mount|automount|swap|device|path|slice|scope)$/,
  "the name of a service without its suffix; other kinds of units cannot wait here",
);

export const nixAttribute = matching(
  /^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/,
  "an attribute name of nixpkgs, such as postgresql_17",
  "An attribute of pkgs.",
);

export const duration = matching(
  /^[1-9][0-9]*(s|min|h|d|w)$/,
  "a number and a unit: 30s, 5min, 1h, 7d, 2w",
  "A length of time: number and unit (s, min, h, d, w).",
);

export const retention = exceptWhere(
  matching(
    /^[1-9][0-9]*[hdwmy]( [1-9][0-9]*[hdwmy])*$/,
    "counts of hourly, daily, weekly, monthly and yearly snapshots: 24h 7d 4w 6m 1y",
    'How many snapshots stay, in btrbk\'s notation: "24h 7d 4w" is one for each of the last 24 hours, 7 days and 4 weeks.',
  ),
  /([hdwmy]).*\1/,
  "each of h d w m y at most once",
);

/** No control characters: a path with NUL is none, and the others only look like another path. */
export const profilePath = matching(
  /^[^\p{Cc}\p{Cs}]{1,4000}$/u,
  "a path on one line, without control characters",
  "Path of a profile file, relative to the spec.",
);

/** Of plain names: it reaches btrbk.conf, pgbackrest.conf and shell scripts. */
export const backupTarget = matching(
  /^(([a-z_][a-z0-9_-]*@)?[A-Za-z0-9][A-Za-z0-9.-]{0,252}:(\/[A-Za-z0-9_][A-Za-z0-9._@+-]{0,254})+|s3:\/\/[a-z0-9][a-z0-9.-]{1,62}(\/[A-Za-z0-9_][A-Za-z0-9._@+-]{0,254})*|(\/[A-Za-z0-9_][A-Za-z0-9._@+-]{0,254})+)$/,
  "an absolute directory of plain names, HOST:/DIRECTORY (with or without USER@) or s3://BUCKET/PREFIX",
  "Where the backups go: a directory on a disk or network mount of its own, host:/directory by ssh, or s3://bucket/prefix.",
);

/** Becomes the name of a replication slot and of a Patroni member; a host's own name fits. */
export const clusterMember = matching(
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "a name like a host's: lower-case letters, digits and inner hyphens, at most 63",
  "Name of a member, best its host's.",
);

const octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const ipv4 = `${octet}(\\.${octet}){3}`;

/** pg_hba.conf and firewalls match addresses; a name would have to resolve both ways whenever a member is needed. */
export const clusterAddress = exceptWhere(
  matching(
    new RegExp(`^${ipv4}$`),
    "an IPv4 address, such as 10.0.0.1",
    "IPv4 address that the other members reach it by.",
  ),
  /^(0|127|22[4-9]|23[0-9]|24[0-9]|25[0-5])\./,
  "the address of one host that others can reach",
);

export const endpoint = matching(
  new RegExp(`^${ipv4}:[1-9][0-9]{1,4}$`),
  "an IPv4 address and a port, such as 10.0.0.4:2379",
  "Address and port of a service.",
);

export const notes = z
  .string()
  .max(10_000)
  .refine((text) => text.isWellFormed() && !text.includes("\0"), {
    error: "well-formed Unicode without NUL: Nix strings and comments can hold no other",
  })
  .meta({ description: "Free text for the people who read the report." });
