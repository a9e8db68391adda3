/** What options of the whole filesystem make of new files. */
export interface Effect {
  /** Copy-on-write. */
  readonly cow: boolean;
  readonly checksums: boolean;
  /** As the kernel prints it, with its level: compress=zstd:3; null for none. */
  readonly compress: string | null;
  readonly autodefrag: boolean;
  readonly commitSeconds: number;
}

export type Setting = keyof Effect;

/** Without any option (btrfs(5)). */
const defaults: Effect = {
  cow: true,
  checksums: true,
  compress: null,
  autodefrag: false,
  commitSeconds: 30,
};

const withLevel = (algorithm: string): string => {
  if (algorithm.startsWith("lzo")) return "lzo";
  return algorithm.includes(":") ? algorithm : `${algorithm}:3`;
};

const compressed = (name: string, value = "zlib"): Partial<Effect> =>
  value === "no" || value === "none"
    ? { compress: null }
    : { compress: `${name}=${withLevel(value)}`, cow: true, checksums: true };

type Change = (value: string | undefined, name: string) => Partial<Effect>;

const always =
  (change: Partial<Effect>): Change =>
  () =>
    change;

const compress: Change = (value, name) => compressed(name, value);

/** Each option undoes what contradicts it and came before (fs/btrfs/super.c, btrfs_parse_param). */
const changes: Readonly<Record<string, Change>> = {
  nodatacow: always({ cow: false, checksums: false, compress: null }),
  datacow: always({ cow: true }),
  nodatasum: always({ checksums: false }),
  datasum: always({ cow: true, checksums: true }),
  compress,
  "compress-force": compress,
  autodefrag: always({ autodefrag: true }),
  noautodefrag: always({ autodefrag: false }),
  commit: (value) => ({ commitSeconds: Number(value) }),
};

const changeOf = (option: string): Partial<Effect> => {
  const [name = "", ...rest] = option.split("=");
  const change = Object.hasOwn(changes, name) ? changes[name] : undefined;
  return change?.(rest.length === 0 ? undefined : rest.join("="), name) ?? {};
};

/** What a row of options makes, the later ones winning. */
export const effectOf = (options: readonly string[]): Effect =>
  Object.assign({}, defaults, ...options.map(changeOf));

/** What one of the options says anything of, whatever wins in the end. */
export const settingsNamedIn = (options: readonly string[]): ReadonlySet<Setting> =>
  new Set(options.flatMap((option) => Object.keys(changeOf(option)) as Setting[]));

/** What is configured for a mount and is otherwise in force. */
export const settingsIgnored = (
  configured: readonly string[],
  inForce: readonly string[],
): readonly Setting[] => {
  const [wanted, found] = [effectOf(configured), effectOf(inForce)];
  return [...settingsNamedIn(configured)].filter((setting) => wanted[setting] !== found[setting]);
};
