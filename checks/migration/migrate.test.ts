import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { type Bench, realFilesystems } from "../../generator/analyze/storage/testing/loop-devices.ts";
import { makeHost, type TestHost } from "./host.ts";
import { isInstalled } from "./installed.ts";

vi.setConfig({ testTimeout: 170_000 });

const table = "CREATE TABLE t (n INT PRIMARY KEY, text VARCHAR(400));";
const insert = (from: number, to: number): string =>
  `INSERT INTO t VALUES ${Array.from({ length: to - from }, (_, i) => `(${from + i}, '${"row ".repeat(50)}${i}')`).join(",")};`;

const done = async (host: TestHost, ...args: string[]): Promise<string> => {
  const { code, all } = await host.migrate(["lab", ...args]);
  expect([code, all]).toEqual([0, all]);
  expect(all).not.toContain("failed:");
  return all;
};

const refused = async (host: TestHost, ...args: string[]): Promise<string> => {
  const { code, all } = await host.migrate(["lab", ...args]);
  expect([code, all]).toEqual([1, all]);
  return all;
};

const count = async (host: TestHost): Promise<string> => host.query("SELECT count(*) FROM t;");

/** Everything that can be told of the files below a directory. */
const tree = (host: TestHost, ...paths: string[]): Promise<string> =>
  host.sh(
    `for each in ${paths.join(" ")}; do find "$each" -printf '%p %y %s %m %U %G %T@ %C@ %l\\n' | sort; find "$each" -type f -exec sha256sum {} + | sort; done; findmnt --raw --noheadings; ls -A /run/dbtrfs-migrate 2>/dev/null || true`,
  );

/** Files with NOCOW, and without, in a planned directory. */
const flags = async (host: TestHost, directory: string): Promise<{ nocow: number; cow: number }> => {
  const nocow = `find ${directory} -type f -size +15 -exec lsattr {} + | grep -c '^[^ ]*C' || true`;
  const cow = `find ${directory} -type f -size +15 -exec lsattr {} + | grep -vc '^[^ ]*C' || true`;
  return { nocow: Number(await host.sh(nocow)), cow: Number(await host.sh(cow)) };
};

/** Old files on the planned Btrfs itself: a directory of its own subvolume, with what `flags` sets before the first file. */
const onBtrfs =
  (subvolume: string, folder: string, make = ":") =>
  async (bench: Bench, device: string): Promise<string> => {
    const top = await bench.mount(device, "make", "subvolid=5");
    await execa("btrfs", ["--quiet", "subvolume", "create", join(top, subvolume)]);
    await execa("sh", ["-ec", make], { cwd: join(top, subvolume) });
    const options = folder === "planned" ? "noatime,nodatacow" : "noatime";
    const mounted = await bench.mount(device, folder, `${options},subvol=${subvolume}`);
    await execa("umount", [top]);
    return join(mounted, "15");
  };

const real = await realFilesystems();

describe.skipIf(!(real && isInstalled("postgresql")))("PostgreSQL", () => {
  test("from ext4 while it runs; a dry run changes nothing; the old files stay until they are forgotten", async () => {
    const host = await makeHost("postgresql", { data: "nocow", log: "own-filesystem" });
    await host.systemctl("start");
    await host.query(`${table} ${insert(0, 3000)} CHECKPOINT;`);
    await host.systemctl("stop");
    const before = await tree(host, host.old);
    const dry = await done(host, "--dry-run", "--from", host.old, "stop", "copy", "switch", "finish");
    expect(await tree(host, host.old)).toBe(before);
    expect(existsSync(join(host.bench.folder, "journal"))).toBe(false);
    expect(dry).toMatch(/files, \d+MiB to copy/);
    expect(dry).toContain("chattr +C");
    expect(dry).toContain("pg_checksums --enable");

    await host.systemctl("start");
    await done(host, "--from", host.old, "copy");
    await host.query(insert(3000, 5000));
    const switched = await done(host, "switch");
    expect(switched).toContain("Checksums enabled");
    expect(await refused(host, "finish")).toContain("is not mounted as planned");
    await host.mountPlanned();
    await done(host, "finish");
    expect(await count(host)).toBe("5000");
    expect(await host.query("SHOW data_checksums; SHOW data_directory;")).toBe(
      `on\n${host.database.dataDirectory}`,
    );
    expect(await host.sh(`readlink ${host.database.dataDirectory}/pg_wal`)).toBe("../wal/15");
    const { nocow, cow } = await flags(host, `${host.database.dataDirectory}/base`);
    expect([nocow > 100, cow]).toEqual([true, 0]);
    expect(readdirSync(host.old)).toContain("PG_VERSION");
    await done(host, "--yes", "forget");
    expect(readdirSync(host.old)).toEqual([]);
    expect(await count(host)).toBe("5000");
  });

  test("a subvolume that was mounted with nodatacow in vain, in the planned place; and back", async () => {
    const host = await makeHost(
      "postgresql",
      { data: "nocow", log: "in-place" },
      { oldIn: onBtrfs("@db-lab", "planned") },
    );
    await host.systemctl("start");
    await host.query(`${table} ${insert(0, 2000)}`);
    expect((await flags(host, host.old)).nocow).toBe(0);
    await done(host, "--from", host.old, "copy");
    await host.query(insert(2000, 2500));
    await done(host, "switch");
    await host.mountPlanned();
    await done(host, "finish");
    expect(await count(host)).toBe("2500");
    expect((await flags(host, host.database.dataDirectory)).cow).toBe(0);
    expect((await flags(host, `${host.database.dataDirectory}/pg_wal`)).nocow).toBeGreaterThan(0);
    await host.query("DELETE FROM t;");
    await done(host, "--yes", "undo");
    await host.mountPlanned();
    await host.systemctl("start");
    expect(await count(host)).toBe("2500");
    expect((await flags(host, host.old)).nocow).toBe(0);
  });

  test("killed at every step, and run again", async () => {
    const host = await makeHost(
      "postgresql",
      { data: "cow", log: "nocow" },
      { oldIn: onBtrfs("@old", "old", "chattr +C .") },
    );
    await host.systemctl("start");
    await host.query(`${table} ${insert(0, 1000)}`);
    expect((await flags(host, `${host.old}/base`)).cow).toBe(0);
    await host.systemctl("stop");
    const steps = ["lab", "--from", host.old, "stop", "copy"];
    const copies = await killedEachTime(host, steps);
    const switches = await killedEachTime(host, ["lab", "switch"]);
    expect(Math.min(copies, switches)).toBeGreaterThan(8);
    await host.mountPlanned();
    await done(host, "finish");
    expect(await count(host)).toBe("1000");
    expect((await flags(host, `${host.database.dataDirectory}/base`)).nocow).toBe(0);
    expect((await flags(host, `${host.database.walDirectory}`)).cow).toBe(0);
    await killedEachTime(host, ["lab", "--yes", "undo"]);
    await host.systemctl("start");
    expect(await host.query("SHOW data_directory; SELECT count(*) FROM t;")).toBe(`${host.old}\n1000`);
  });

  test("a server that did not stop cleanly is started and stopped again first", async () => {
    const host = await makeHost("postgresql", { data: "cow", log: "in-place" });
    await host.systemctl("start");
    await host.sh(`runuser -u postgres -- pg_ctl -s -D ${host.old} -m immediate stop`);
    await done(host, "--from", host.old, "copy");
    expect(await refused(host, "switch")).toContain("did not stop cleanly: in production");
    await host.systemctl("start");
    await done(host, "switch");
  });

  test("what cannot be copied is refused, and nothing is touched", async () => {
    const host = await makeHost("postgresql", { data: "nocow", log: "nocow" }, { mebibytes: 300 });
    const journal = join(host.bench.folder, "journal/lab");
    await host.systemctl("start");
    expect(await refused(host, "copy")).toContain("--from DIR");
    expect(await refused(host, "--from", host.bench.folder, "copy")).toContain(
      "no data directory of PostgreSQL",
    );
    expect(await refused(host, "switch")).toContain("no copy that could take the place");
    await host.sh(`echo 14 >${host.old}/PG_VERSION`);
    expect(await refused(host, "--from", host.old, "copy")).toContain("found PostgreSQL 14, planned 15");
    await host.sh(`echo 15 >${host.old}/PG_VERSION; truncate -s 400M ${host.old}/base/big`);
    expect(await refused(host, "--from", host.old, "copy")).toMatch(/free on .*, needed/);
    await host.sh(`rm ${host.old}/base/big; mkfs.btrfs -q -f -m dup -d dup "$MAIN"`);
    expect(await refused(host, "--from", host.old, "copy")).toMatch(
      /dup, planned single: NOCOW files with copies/,
    );
    await host.sh(`mkfs.ext4 -q -F "$MAIN"`);
    expect(await refused(host, "--from", host.old, "copy")).toContain("planned btrfs");
    expect(existsSync(join(journal, "from"))).toBe(false);
    expect(await host.query("SELECT 1;")).toBe("1");
  });

  test("a file that came into the copy by mv, with its old flags, is found", async () => {
    const host = await makeHost(
      "postgresql",
      { data: "nocow", log: "nocow" },
      { oldIn: onBtrfs("@old", "old") },
    );
    await done(host, "--from", host.old, "copy");
    const top = await host.bench.mount(host.database.devices[0] ?? "", "look", "subvolid=5");
    const fresh = `${top}/@db-lab.migrating`;
    await host.sh(
      `truncate -s 16K ${fresh}/stray; mv ${fresh}/stray ${fresh}/15/stray; cp -p ${fresh}/15/stray ${host.old}/stray; umount ${top}`,
    );
    expect(await refused(host, "switch")).toMatch(/found .*stray, planned nocow/);
  });

  test("an old database that was started since the copy is noticed", async () => {
    const host = await makeHost("postgresql", { data: "cow", log: "in-place" });
    await done(host, "--from", host.old, "copy");
    await done(host, "switch");
    await host.sh(`touch ${host.old}/global/pg_control`);
    await host.mountPlanned();
    expect(await refused(host, "finish")).toContain("the old files have changed since the copy");
  });
});

/** Kills a step before its first, second, third … command until it gets through; each time it begins again. */
const killedEachTime = async (host: TestHost, args: readonly string[]): Promise<number> => {
  for (let at = 1, kills = 0; at < 2000; at += Math.max(1, Math.floor(at / 10)), kills++) {
    const { code, all } = await host.migrate(args, at);
    if (code === 0) return kills;
    expect([137, "killed"], all).toContain(code ?? "killed");
  }
  throw new Error("it never got through");
};

describe.skipIf(!(real && isInstalled("mariadb")))("MariaDB", () => {
  test("redo log and data from Btrfs with everything NOCOW, beside the running server", async () => {
    const host = await makeHost(
      "mariadb",
      { data: "cow", log: "own-filesystem" },
      { oldIn: onBtrfs("@old", "old", "chattr +C .") },
    );
    await host.systemctl("start");
    await host.sh(`mariadb --no-defaults -S "$RUN/socket" -e 'CREATE DATABASE IF NOT EXISTS test'`);
    await host.query(`${table} ${insert(0, 3000)}`);
    await done(host, "--from", host.old, "copy");
    await host.query(insert(3000, 4000));
    await done(host, "switch");
    await host.mountPlanned();
    await done(host, "finish");
    expect(await count(host)).toBe("4000");
    expect(await host.query("SELECT @@innodb_log_group_home_dir;")).toBe(host.database.redoDirectory);
    expect((await flags(host, host.database.dataDirectory)).nocow).toBe(0);
    await done(host, "--yes", "forget");
    expect(readdirSync(host.old)).toEqual([]);
  });

  test("pages of another size are refused", async () => {
    const host = await makeHost("mariadb", { data: "cow", log: "in-place" });
    // FSP_SPACE_FLAGS of a system tablespace of 8 KiB pages with full_crc32.
    await host.sh(
      `printf '\\000\\000\\000\\024' | dd of=${host.old}/ibdata1 bs=1 seek=54 conv=notrunc status=none`,
    );
    expect(await refused(host, "--from", host.old, "copy")).toContain("found pages of 8192 bytes");
    await host.sh(
      `printf '\\000\\000\\000\\025' | dd of=${host.old}/ibdata1 bs=1 seek=54 conv=notrunc status=none; mv ${host.old}/ib_logfile0 ${host.old}/x`,
    );
    expect(await refused(host, "--from", host.old, "copy")).toContain("has no redo log");
    await host.sh(`touch ${host.old}/mysql.ibd`);
    expect(await refused(host, "--from", host.old, "copy")).toContain(
      "data directory of MySQL, planned mariadb",
    );
  });
});

describe.skipIf(!(real && isInstalled("sqlite")))("SQLite", () => {
  test("file by file, into pages of the planned size; what a program left in the WAL comes along", async () => {
    const host = await makeHost("sqlite", { data: "cow" }, { oldIn: onBtrfs("@old", "old") });
    await host.query(`${table} ${insert(0, 2000)}`);
    // A program that was killed leaves its WAL.
    await host.sh(
      `(echo 'PRAGMA wal_autocheckpoint = 0; INSERT INTO t VALUES (9000, 1);'; echo '.shell kill -9 $PPID') | runuser -u nobody -- sqlite3 ${host.old}/app.db || true; [ -s ${host.old}/app.db-wal ]`,
    );
    const all = await done(host, "--from", host.old, "--file-by-file", "--yes", "stop", "copy", "switch");
    expect(all).toContain("app.db gets pages of 4096 bytes");
    expect(readdirSync(host.old).filter((name) => !name.endsWith("-shm"))).toEqual([]);
    await host.mountPlanned();
    await done(host, "finish");
    expect(await count(host)).toBe("2001");
    expect(await host.query("PRAGMA page_size; PRAGMA journal_mode;")).toBe("4096\nwal");
    expect(await refused(host, "--yes", "undo")).toContain("no way back but a backup");
  });

  test("killed at every step file by file", async () => {
    const host = await makeHost("sqlite", { data: "cow" }, { oldIn: onBtrfs("@old", "old") });
    await host.query(`${table} ${insert(0, 500)}`);
    await killedEachTime(host, ["lab", "--from", host.old, "--file-by-file", "--yes", "stop", "copy"]);
    await killedEachTime(host, ["lab", "switch"]);
    await host.mountPlanned();
    await done(host, "finish");
    expect(await count(host)).toBe("500");
  });

  test("an application that runs keeps the files where they are", async () => {
    const host = await makeHost("sqlite", { data: "cow" });
    await host.query(table);
    await done(host, "--from", host.old, "copy");
    const open = execa("bash", ["-c", `exec 5<${host.old}/app.db; sleep 60`], { stdio: "ignore" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await refused(host, "switch")).toContain("is in use by the processes");
    open.kill("SIGKILL");
    await Promise.allSettled([open]);
  });
});
