import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { execa, execaSync } from "execa";

const exporters = ["prometheus-node-exporter", "node_exporter"];
const runs = (program: string): boolean =>
  execaSync(program, ["--version"], { reject: false }).failed === false;
const exporter = exporters.find(runs);

/** Whether Prometheus and node_exporter run here. */
export const hasDaemons: boolean = exporter !== undefined && runs("prometheus");

if (!hasDaemons)
  process.stderr.write(
    "\nprometheus or node_exporter is not on the PATH: the way from metrics to alerts is NOT CHECKED; install Debian's prometheus and prometheus-node-exporter.\n",
  );

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
};

const configuration = (rules: string, target: string): string =>
  JSON.stringify({
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: [rules],
    scrape_configs: [{ job_name: "hosts", static_configs: [{ targets: [target] }] }],
  });

export interface Daemons {
  /** Prometheus' answer at a path of its API. */
  readonly ask: (path: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** node_exporter over the files of `metrics`, and a Prometheus with `rules` that scrapes it. Both write below `folder`. */
export const startDaemons = async (folder: string, rules: string, metrics: string): Promise<Daemons> => {
  const [scraped, asked] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  writeFileSync(join(folder, "prometheus.yml"), configuration(rules, scraped));
  const options = { cwd: folder, reject: false, stdout: "ignore", stderr: "ignore" } as const;
  const started = [
    execa(
      exporter ?? "node_exporter",
      [`--web.listen-address=${scraped}`, `--collector.textfile.directory=${metrics}`],
      options,
    ),
    execa(
      "prometheus",
      ["--config.file=prometheus.yml", "--storage.tsdb.path=data", `--web.listen-address=${asked}`],
      options,
    ),
  ];
  return {
    ask: async (path) => (await fetch(`http://${asked}/api/v1/${path}`)).json(),
    stop: async () => {
      for (const daemon of started) daemon.kill();
      await Promise.all(started);
    },
  };
};
