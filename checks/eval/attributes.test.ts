import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { execa, execaSync } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const modules = join(import.meta.dirname, "../../modules");
/** As attributes.nix puts it together. */
const script = ["advise-copy.sh", "guard.sh", "attributes.sh"]
  .map((file) => readFileSync(join(modules, file), "utf8"))
  .join("\n");
const tools = ["mkfs.btrfs", "btrfs", "lsattr", "chattr", "losetup"];
const missing = tools.filter(
  (tool) => execaSync("sh", ["-c", `command -v ${tool}`], { reject: false }).failed,
);
const runs = process.getuid?.() === 0 && missing.length === 0;

if (!runs) {
  const reason = missing.length > 0 ? `${missing.join(", ")} not found` : "not root";
  process.stderr.write(`\nTests of attributes.sh on a real Btrfs are SKIPPED: ${reason}.\n`);
}

describe.skipIf(!runs)("attributes.sh on a real Btrfs", () => {
  const folder = runs ? mkdtempSync(join(tmpdir(), "dbtrfs-")) : "";
  const image = join(folder, "image");
  const mount = join(folder, "db");

  const sh = async (command: string): Promise<string> => (await execa("bash", ["-ec", command])).stdout;
  const settings = { guard: "1", mount_point: mount, page_checksums_of: "", data_directory: "", server: "" };
  const checkWith = (given: Partial<typeof settings>, ...args: string[]) =>
    execa("bash", ["-c", script, "attributes", ...args], { reject: false, env: { ...settings, ...given } });
  const check = (...args: string[]) => checkWith({}, ...args);
  const flags = async (path: string): Promise<string> => (await sh(`lsattr -d ${path}`)).split(" ")[0] ?? "";
  const fill = (path: string): void => writeFileSync(path, Buffer.alloc(32 * 1024, 1));

  beforeAll(async () => {
    await sh(
      `truncate -s 256M ${image}; mkfs.btrfs -q ${image}; mkdir ${mount}; mount -o loop ${image} ${mount}`,
    );
  });
  afterAll(async () => {
    await sh(`umount ${mount}`);
    rmSync(folder, { recursive: true });
  });

  test("a new directory gets what is planned, and so does a file in it", async () => {
    const data = join(mount, "new");
    const log = join(data, "log");
    await sh(`mkdir -p ${log}`);
    const plan = [data, "btrfs", "cow", "zstd", log, "btrfs", "nocow", "none"];
    expect((await check(mount, "postgresql", ...plan)).exitCode).toBe(0);
    fill(join(log, "segment"));
    fill(join(data, "table"));
    expect(await flags(join(log, "segment"))).toContain("C");
    expect(await sh(`btrfs property get ${join(data, "table")} compression`)).toBe("compression=zstd");
    expect((await check(mount, "postgresql", ...plan)).exitCode).toBe(0);
  });

  test("+C is set below a compressed parent, whose property stands in its way", async () => {
    const parent = join(mount, "compressed");
    const log = join(parent, "log");
    await sh(`mkdir ${parent}; btrfs property set ${parent} compression zstd; mkdir ${log}`);
    expect(await sh(`chattr +C ${log} 2>&1 || true`)).toContain("Invalid argument");
    expect((await check("-", "", log, "btrfs", "nocow", "none")).exitCode).toBe(0);
    expect(await flags(log)).toContain("C");
  });

  test("files written before +C are found, and the advice mends them", async () => {
    const old = join(mount, "old");
    await sh(`mkdir ${old}`);
    fill(join(old, "table"));
    await sh(`chattr +C ${old}`);
    const plan = ["-", "postgresql", old, "btrfs", "nocow", "none"];
    const { exitCode, stderr } = await check(...plan);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${join(old, "table")}: found a copy-on-write file, planned NOCOW.`);
    const commands = stderr.split("\n").filter((line) => /^ {2}(mv|mkdir|ch\w+|btrfs|cp) /.test(line));
    await sh(commands.join("\n"));
    expect(await check(...plan)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("small files do not count: a person may have moved one here", async () => {
    const dir = join(mount, "small");
    await sh(
      `mkdir ${dir}; echo key > ${mount}/server.key; chattr +C ${dir}; mv ${mount}/server.key ${dir}/`,
    );
    expect(await flags(join(dir, "server.key"))).not.toContain("C");
    expect((await check("-", "", dir, "btrfs", "nocow", "none")).exitCode).toBe(0);
  });

  test("NOCOW files are refused where checksums are planned", async () => {
    const dir = join(mount, "nocow");
    await sh(`mkdir ${dir}; chattr +C ${dir}`);
    fill(join(dir, "table"));
    const { exitCode, stderr } = await check("-", "mysql", dir, "btrfs", "cow", "none");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${dir}: found NOCOW, planned copy-on-write.`);
    expect(stderr).toContain(`chattr -C ${dir}`);
  });

  test("a nested subvolume is refused where a snapshot must hold the directory", async () => {
    const nested = join(mount, "nested");
    await sh(`btrfs subvolume create ${nested}`);
    const plan = ["postgresql", nested, "btrfs", "cow", "none"];
    expect((await check("-", ...plan)).exitCode).toBe(0);
    const { exitCode, stderr } = await check(mount, ...plan);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`found another subvolume than that of ${mount}`);
  });

  test("+C lost on a directory below is found before the next file is made there", async () => {
    const wal = join(mount, "wal");
    await sh(`mkdir -p ${wal}/kept; chattr +C ${wal}; mkdir ${wal}/17 ${wal}/18; chattr -C ${wal}/17`);
    const { exitCode, stderr } = await check("-", "postgresql", wal, "btrfs", "nocow", "none");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`${wal}/(17|kept): found a copy-on-write directory, planned NOCOW`));
  });

  test("one NOCOW file among many is found where checksums are planned", async () => {
    const dir = join(mount, "many");
    await sh(
      `mkdir -p ${dir}/base/5 ${dir}/stray; for i in $(seq 300); do head -c 16384 /dev/zero > ${dir}/base/5/$i; done`,
    );
    const plan = ["-", "postgresql", dir, "btrfs", "cow", "none"];
    expect((await check(...plan)).exitCode).toBe(0);
    await sh(`touch ${dir}/stray/file; chattr +C ${dir}/stray/file`);
    fill(join(dir, "stray", "file"));
    const { exitCode, stderr } = await check(...plan);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${join(dir, "stray", "file")}: found a NOCOW file`);
  });

  test("what a restore is making is not looked at: its log may be NOCOW before it has its place", async () => {
    const dir = join(mount, "restoring");
    await sh(`mkdir -p ${dir}/.dbtrfs/new/wal; chattr +C ${dir}/.dbtrfs/new/wal`);
    fill(join(dir, ".dbtrfs/new/wal", "segment"));
    expect(await check("-", "postgresql", dir, "btrfs", "cow", "none")).toMatchObject({ exitCode: 0 });
  });

  test("a restored tree without the compression property gets it, down to the last directory", async () => {
    const dir = join(mount, "restored");
    await sh(`mkdir -p ${dir}/base/5`);
    expect((await check("-", "postgresql", dir, "btrfs", "cow", "zstd")).exitCode).toBe(0);
    fill(join(dir, "base", "5", "table"));
    expect(await sh(`btrfs property get ${join(dir, "base", "5", "table")} compression`)).toBe(
      "compression=zstd",
    );
  });

  test("a subvolume that is not mounted is noticed, though the filesystem above is Btrfs too", async () => {
    const dir = join(mount, "unmounted");
    await sh(`mkdir ${dir}`);
    const plan = [dir, "postgresql", dir, "btrfs", "cow", "none"];
    const { exitCode, stderr } = await checkWith({ mount_point: dir }, ...plan);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${dir}: found a plain directory, planned a mounted subvolume.`);
  });

  test("a subvolume that is only a folder of the one above is no mount", async () => {
    const dir = join(mount, "folder-of-above");
    await sh(`btrfs subvolume create ${dir}`);
    const { exitCode, stderr } = await checkWith({ mount_point: dir }, "-", "", dir, "btrfs", "cow", "none");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("planned a mounted subvolume");
  });

  test("without the guard the same is said, and the database may start", async () => {
    const dir = join(mount, "unmounted");
    const { exitCode, stderr } = await checkWith(
      { guard: "", mount_point: dir },
      ...["-", "postgresql", dir, "btrfs", "cow", "none"],
    );
    expect(exitCode).toBe(0);
    expect(stderr).toContain("planned a mounted subvolume");
    expect(stderr).toContain("the guard is off: postgresql may start nevertheless");
  });

  test("a mount option that takes the checksums is refused until it is gone", async () => {
    const dir = join(mount, "options");
    await sh(`mkdir ${dir}; mount -o remount,nodatacow ${mount}`);
    const plan = ["-", "", dir, "btrfs", "cow", "none"];
    const { exitCode, stderr } = await check(...plan);
    const mended = /mount -o remount[^']*/.exec(stderr)?.[0] ?? "false";
    await sh(mended);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${mount}: found mounted with nodatacow, planned checksums.`);
    expect(stderr).toContain("mounted with nodatasum");
    expect(await check(...plan)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("NOCOW on a data profile with copies is refused, and the advice mends it", async () => {
    const dir = join(mount, "copies");
    await sh(`mkdir ${dir}; btrfs balance start --force -dconvert=dup ${mount}`);
    const plan = ["-", "", dir, "btrfs", "nocow", "none"];
    const { exitCode, stderr } = await check(...plan);
    await sh(/btrfs balance start[^']*/.exec(stderr)?.[0] ?? "false");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${mount}: found data with the profile DUP, planned single or raid0`);
    expect(await check(...plan)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("MySQL's page checksums are looked for where SET PERSIST keeps its word", async () => {
    const dir = join(mount, "persisted");
    await sh(`mkdir ${dir}; chattr +C ${dir}`);
    const persisted = (value: string) =>
      `{"Version": 2, "mysql_dynamic_parse_early_variables": {"innodb_checksum_algorithm": {"Value" : "${value}"}}}`;
    const plan = ["-", "", dir, "btrfs", "nocow", "none"];
    const mysql = { page_checksums_of: "mysql", data_directory: dir };
    writeFileSync(join(dir, "mysqld-auto.cnf"), persisted("crc32"));
    expect(await checkWith(mysql, ...plan)).toMatchObject({ exitCode: 0, stderr: "" });
    writeFileSync(join(dir, "mysqld-auto.cnf"), persisted("none"));
    const { exitCode, stderr } = await checkWith(mysql, ...plan);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("found innodb_checksum_algorithm none, planned page checksums");
  });

  test("a missing directory and a wrong filesystem are said", async () => {
    const absent = join(mount, "absent");
    const plan = [absent, "btrfs", "cow", "none", mount, "xfs", "cow", "none"];
    const { exitCode, stderr } = await checkWith({ mount_point: absent }, "-", "", ...plan);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("absent: found no directory, planned one on btrfs.");
    expect(stderr).toContain(`${mount}: found filesystem btrfs, planned filesystem xfs.`);
  });
});
