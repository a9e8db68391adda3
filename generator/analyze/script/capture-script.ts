import { generatorName } from "../../about.ts";
import { factsOf } from "../../engines/index.ts";
import { Refusal } from "../../refusal.ts";
import type { CaptureScript } from "../../render/capture/view.ts";
import { renderCaptureScriptSh } from "../../render/templates.generated.ts";
import type { Engine } from "../../spec/schema.ts";
import type { EngineAnalyzer } from "../analyzer.ts";
import { captureVersion } from "../capture/schema.ts";
import type { StorageComponent } from "../capture/storage.ts";

type EnginePart = Pick<CaptureScript, "client" | "postgresql" | "innodb">;

/** Loaded when they are asked for, as the analyzers are. */
const parts: Readonly<Partial<Record<Engine, () => Promise<EnginePart>>>> = {
  postgresql: async () => ({
    client: "psql",
    postgresql: (await import("./postgresql.ts")).postgresqlScript,
  }),
  mysql: async () => ({
    client: "mysql or mariadb",
    innodb: (await import("./innodb.ts")).mysqlScript,
  }),
  mariadb: async () => ({
    client: "mariadb or mysql",
    innodb: (await import("./innodb.ts")).mariadbScript,
  }),
};

const why = "the capture script does not look into the files themselves; dbtrfs analyze on the host does";

/** What a script leaves to dbtrfs itself, so that it needs no more than every system has. */
const unseen: Omit<StorageComponent, "role" | "name" | "path" | "realPath" | "mount" | "bytes"> = {
  subvolume: null,
  deviceKind: null,
  attributes: null,
  compressionProperty: null,
  sampledFiles: [],
  directories: [],
  nested: [],
  compressibility: null,
  unknown: { attributes: why, compressionProperty: why, sampledFiles: why, compressibility: why },
};

const viewOf = ({ engine, targets }: EngineAnalyzer, part: EnginePart): CaptureScript => ({
  captureVersion,
  generator: generatorName,
  capturedBy: `the capture script of ${generatorName}`,
  engine,
  title: factsOf(engine).title,
  targets: targets.map(([form, meaning]) => ({ form, meaning })),
  unseen: JSON.stringify(unseen).slice(1, -1),
  elsewhere: "the server was not found where the script ran: run it there",
  ...part,
});

const inPlace: Refusal = new Refusal([
  {
    file: "command line",
    pointer: "",
    found: "an engine without a server to ask",
    allowed: Object.keys(parts).join(", "),
    fix: "SQLite has no server that counts: dbtrfs reads its files where they lie. Run dbtrfs analyze sqlite there, or where the directory is mounted.",
  },
]);

/**
 * A POSIX shell script that captures a server of this engine where dbtrfs is not installed, and prints a capture.
 * Throws a Refusal for an engine without a server.
 */
export const captureScript = async (analyzer: EngineAnalyzer): Promise<string> => {
  const load = parts[analyzer.engine];
  if (load === undefined) throw inPlace;
  return renderCaptureScriptSh(viewOf(analyzer, await load()));
};
