import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { execaSync } from "execa";
import { afterAll, describe, expect, it } from "vitest";
import { loadFixture, standingAlone } from "../fixtures.ts";
import { inputs } from "../offline-inputs.ts";
import { guestFor } from "./guest.ts";
import { backupHosts, keptHosts, layoutHosts, writeLayoutHost } from "./layout-hosts.ts";

const hasPython = execaSync("python3", ["--version"], { reject: false }).failed === false;
if (!hasPython)
  process.stderr.write("\npython3 is not on the PATH: tests of the lab's driver are SKIPPED.\n");

describe.skipIf(!hasPython)("the lab's driver", () => {
  it("replays what a power cut may leave of a recorded disk", () => {
    const { all, failed } = execaSync("python3", ["-m", "unittest", "discover", "--pattern", "test_*.py"], {
      cwd: join(import.meta.dirname, "driver"),
      all: true,
      reject: false,
      env: { PYTHONDONTWRITEBYTECODE: "1" },
    });
    expect(failed, all).toBe(false);
  });
});

describe.skipIf(inputs === null)("the guest of every fixture that needs no other host", () => {
  it.each(standingAlone())("%s: has each planned mount, and a unit for each server", async (name) => {
    const { plan } = loadFixture(name);
    const guest = await guestFor(join(import.meta.dirname, "..", "fixtures", name, "expected"), false);
    const paths = guest.files.map((file) => file.path);
    const fstab = guest.files.find((file) => file.path === "/etc/fstab");
    for (const { mountPoint } of plan.filesystems.flatMap((filesystem) => filesystem.subvolumes))
      expect(fstab).toHaveProperty("text", expect.stringContaining(` ${guest.mountPoints[mountPoint]} `));
    for (const unit of plan.databases.flatMap((database) => database.units))
      expect(paths).toContain(`/etc/systemd/system/${unit}.service`);
  });

  it("is refused on this kernel where the plan has LUKS", async () => {
    const luks = join(import.meta.dirname, "..", "fixtures", "luks-vps", "expected");
    await expect(guestFor(luks, true)).rejects.toThrow("device-mapper");
  });
});

describe("hosts with one layout", () => {
  const folder = mkdtempSync(join(tmpdir(), "dbtrfs-hosts-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([...layoutHosts, ...backupHosts, ...keptHosts])("%s is a plan that the planner accepts", (host) => {
    expect(() => writeLayoutHost(host, join(folder, host))).not.toThrow();
  });

  it.each([...backupHosts, ...keptHosts])("%s is backed up by that method", (host) => {
    const written = writeLayoutHost(host, join(folder, host));
    const plan = JSON.parse(readFileSync(join(written, "plan.json"), "utf8"));
    expect(host).toContain(`:${plan.databases[0].backup.method}`);
  });
});
