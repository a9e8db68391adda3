/** What checks/eval/default.nix gives for a configuration: the parts that tests look at. */
export interface Evaluated {
  readonly failedAssertions: readonly string[];
  readonly warnings: readonly string[];
  readonly fileSystems: Readonly<
    Record<string, { readonly device: string; readonly fsType: string; readonly options: readonly string[] }>
  >;
  readonly services: {
    readonly postgresql: Server & { readonly initdbArgs?: readonly string[]; readonly settings?: Settings };
    readonly mysql: Server & { readonly settings?: { readonly mysqld?: Settings } };
    readonly patroni: {
      readonly enable: boolean;
      readonly postgresqlPackage?: string;
      readonly settings?: {
        readonly bootstrap: {
          readonly dcs: {
            readonly synchronous_mode: boolean;
            readonly postgresql: { readonly parameters: Settings };
          };
          readonly initdb: readonly (string | Readonly<Record<string, string>>)[];
        };
        readonly postgresql: { readonly parameters: Settings };
      };
    };
    readonly btrfs: { readonly autoScrub: unknown };
    readonly btrbk: { readonly instances: Readonly<Record<string, { readonly settings: Settings }>> };
  };
  readonly systemd: {
    readonly services: Readonly<Record<string, Unit>>;
    readonly timers: Readonly<Record<string, { readonly timerConfig: { readonly OnCalendar?: unknown } }>>;
    readonly tmpfiles: { readonly settings: Readonly<Record<string, Readonly<Record<string, Rules>>>> };
  };
  readonly firewall: { readonly extraCommands: string };
  readonly boot: {
    readonly loader: {
      readonly "systemd-boot": { readonly enable: boolean };
      readonly grub: { readonly mirroredBoots: readonly { readonly path: string }[] };
    };
  };
  readonly disko: { readonly create: string; readonly mount: string };
}

type Settings = Readonly<Record<string, unknown>>;

interface Server {
  readonly enable: boolean;
  readonly package?: string;
}

interface Unit {
  readonly preStart: string;
  readonly requiredBy: readonly string[];
  readonly serviceConfig: Readonly<Record<string, unknown>>;
  readonly unitConfig: Readonly<Record<string, unknown>>;
}

interface Rules {
  readonly d?: Readonly<Record<string, string>>;
  readonly h?: { readonly argument: string };
}
