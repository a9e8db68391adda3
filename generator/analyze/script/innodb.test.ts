import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mariadb } from "../../engines/mariadb/index.ts";
import { mysql } from "../../engines/mysql/index.ts";
import { installedServers } from "../../engines/testing/installed-servers.ts";
import { analyse } from "../analyse.ts";
import { type RunningServer, runServer } from "../innodb/testing/running-server.ts";
import { analyzerOf, captured, shells } from "./testing/scripts.ts";

const servers = installedServers(
  [
    { name: "mariadbd", facts: mariadb, banner: /MariaDB/ },
    // Debian builds one that does not name itself.
    { name: "mysqld", facts: mysql, banner: /^(?!.*MariaDB)/ },
  ],
  ["/usr/sbin"],
);

/** Names that InnoDB, batch output, sh and JSON each write in a way of their own. */
const setUp = `
  CREATE DATABASE shop;
  CREATE TABLE shop.item (id INT PRIMARY KEY AUTO_INCREMENT, code INT);
  INSERT INTO shop.item (code) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i FROM n;
  CREATE DATABASE \`a "b" c\`;
  CREATE TABLE \`a "b" c\`.\`d\\e $f\` (id INT PRIMARY KEY);
  INSERT INTO \`a "b" c\`.\`d\\e $f\` VALUES (1);
`;

const load = (server: RunningServer): Promise<unknown> =>
  server.sql(
    Array.from(
      { length: 400 },
      (_, i) =>
        `BEGIN; SELECT code FROM shop.item WHERE id = ${i + 1}; UPDATE shop.item SET code = code + 1 WHERE id = ${i + 1}; UPDATE shop.item SET code = code - 1 WHERE id = ${i + 2}; INSERT INTO shop.item (code) VALUES (${i}); COMMIT; DO SLEEP(0.004);`,
    ).join(" "),
  );

const kernelNames = /^(process|cgroup)\./;
const isOfServer = (name: string): boolean => !kernelNames.test(name);

describe.each(servers)("$facts.title $version", (installed) => {
  const engine = installed.facts.engine;
  let server: RunningServer;

  beforeAll(async () => {
    server = await runServer(installed, (directory) => [
      `--log-bin=${directory}/binlog/log`,
      "--server-id=1",
    ]);
    await server.sql(setUp);
  });
  afterAll(() => server.remove());

  it.each(shells)("is captured by %s as dbtrfs itself captures it", async (shell) => {
    const target = `root@${server.socket}`;
    const capture = await captured(engine, shell, target, () => load(server));
    const live = await (await analyzerOf(engine)).connect(target);
    const [description, sample] = [await live.describe(), await live.sample()];
    expect(capture.server).toEqual(description.server);
    expect(capture.settings).toEqual(description.settings);
    expect(capture.missing).toMatchObject(description.missing);
    const [first] = capture.samples;
    expect(
      Object.keys(first?.counters ?? {})
        .filter(isOfServer)
        .sort(),
    ).toEqual(Object.keys(sample.counters).sort());
    expect(Object.keys(first?.gauges ?? {}).sort()).toEqual(Object.keys(sample.gauges).sort());
    const seconds = (identity: Record<string, string> | undefined) =>
      Date.parse(identity?.["start of the server"] ?? "") / 1000;
    expect(Math.abs(seconds(first?.identity) - seconds(sample.identity))).toBeLessThanOrEqual(1);
    const names = (relations: readonly { readonly name: string }[] | undefined) =>
      relations?.map(({ name }) => name).sort();
    expect(names(capture.samples.at(-1)?.relations)).toEqual(names(sample.relations));
    expect(capture.storage?.components.slice(0, 2).map(({ role, path }) => [role, path])).toEqual(
      description.places.slice(0, 2).map(({ role, path }) => [role, path]),
    );
  });

  it("is analyzed by it: the load is what it was, without what the script caused", async () => {
    const capture = await captured(engine, "sh", `root@${server.socket}`, () => load(server));
    const { measured, class: name } = analyse(capture, await analyzerOf(engine), "capture.json");
    expect(name).toBe("oltp");
    expect(measured.writeShare).toBeCloseTo(0.75, 1);
    expect(measured.updateShare).toBeCloseTo(2 / 3, 1);
    expect(measured.scanShare).toBeLessThan(0.1);
  });
});
