import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { mysql } from "../../engines/mysql/index.ts";
import { installedServers } from "../../engines/testing/installed-servers.ts";
import { analyse } from "../analyse.ts";
import { captureLive } from "../live/capture.ts";
import { openBench, realFilesystems } from "../storage/testing/loop-devices.ts";
import { mysqlAnalyzer } from "./index.ts";
import { runServer } from "./testing/running-server.ts";

// Debian builds one that does not name itself.
const [server] = installedServers(
  [{ name: "mysqld", facts: mysql, banner: /^(?!.*MariaDB)/ }],
  ["/usr/sbin"],
);
const canRun = (await realFilesystems()) && server !== undefined;

it.runIf(canRun)("MySQL that writes directly to NOCOW data is found, on a real one", async () => {
  const bench = openBench();
  const [device = ""] = await bench.devices(1, 1024);
  await execa("mkfs.btrfs", ["--quiet", device]);
  const place = join(await bench.mount(device, "btrfs"), "mysql");
  mkdirSync(place);
  await execa("chattr", ["+C", place]);
  if (server === undefined) return;
  const running = await runServer(server, () => ["--innodb-flush-method=O_DIRECT", "--sync-binlog=0"], place);
  try {
    const window = { seconds: 1, intervalSeconds: 1 };
    const target = `root@${running.socket}`;
    const capture = await captureLive(mysqlAnalyzer, target, window, new AbortController().signal);
    const { findings } = analyse(capture, mysqlAnalyzer, target);
    expect(findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["direct-writes", "binlog-not-synced"]),
    );
    expect(findings.find(({ id }) => id === "direct-writes")?.evidence).toContainEqual({
      source: "innodb_flush_method",
      found: "O_DIRECT",
    });
  } finally {
    await running.remove();
  }
});
