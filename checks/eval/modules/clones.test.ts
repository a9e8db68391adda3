import { describe, expect, test } from "vitest";
import { inputs } from "../../offline-inputs.ts";
import { observed, unit } from "./observed.ts";

const instances = (name: string) =>
  JSON.parse(observed(name).environment.etc["dbtrfs/instances.json"]?.text ?? "{}");

describe.skipIf(inputs === null)("clones", () => {
  test("members of the group may open the socket, and nobody else but root", () => {
    const { systemd, groups } = observed("clonesOfEach");
    expect(groups).toContain("developers");
    expect(systemd.sockets["dbtrfs-clones"]).toMatchObject({
      listenStreams: ["/run/dbtrfs/clones.sock"],
      socketConfig: { Accept: true, SocketUser: "root", SocketGroup: "developers", SocketMode: "0660" },
    });
  });

  test("the service behind it writes to the clones, and to nothing of the original's", () => {
    const { serviceConfig } = unit("clonesOfEach", "dbtrfs-clones@");
    expect(serviceConfig.ExecStart).toMatch(/\/bin\/dbtrfs-clone answer$/);
    expect(serviceConfig.ProtectSystem).toBe("strict");
    expect(serviceConfig.ReadWritePaths).toEqual([
      "/var/lib/dbtrfs/snapshots/clones",
      "/srv/clones",
      "/run/dbtrfs",
      "/run/dbtrfs-clone",
      "/var/lib/dbtrfs/metrics",
    ]);
  });

  test("a clone's server sees its own files in the place of the original's, and none of others", () => {
    const { serviceConfig } = unit("clonesOfEach", "dbtrfs-clone-shop@");
    expect(serviceConfig).toMatchObject({
      ExecStart: expect.stringMatching(/\/bin\/dbtrfs-clone serve %i$/),
      User: "mysql",
      BindPaths: "/var/lib/dbtrfs/snapshots/clones/%i/data:/var/lib/mysql",
      TemporaryFileSystem: ["/var/lib/dbtrfs/snapshots:ro"],
      BindReadOnlyPaths: "/var/lib/dbtrfs/snapshots/clones/%i/clone.json",
      InaccessiblePaths: ["-/run/mysqld", "-/run/postgresql", "-/var/lib/postgresql", "-/srv/app"],
      MemoryMax: "512M",
      ProtectSystem: "strict",
      IPAddressDeny: "any",
    });
    expect(serviceConfig).not.toHaveProperty("ReadWritePaths");
  });

  test("SQLite has no server", () => {
    expect(observed("clonesOfEach").systemd.services).not.toHaveProperty("dbtrfs-clone-vault@");
  });

  test("the limits reach the program in its own units", () => {
    const { clones, instances: found } = instances("clonesOfEach");
    expect(clones).toEqual({
      firstPort: 6000,
      keepFreePercent: 10,
      lastPort: 6002,
      longestSeconds: 172_800,
      memoryMiB: 512,
      most: 3,
      spaceMiB: 2048,
      ttlSeconds: 5400,
    });
    expect(found.vault.cloneDirectory).toBe("/srv/clones");
    expect(found.shop.cloneDirectory).toBe("/var/lib/dbtrfs/snapshots/clones");
  });

  test("whoever has a clone passes through the snapshots' directory, and lists nothing there", () => {
    const modes = (name: string) => observed(name).systemd.tmpfiles.settings["00-dbtrfs"];
    const passed = { d: { group: "root", mode: "0711", user: "root" } };
    expect(modes("clonesOfEach")?.["/var/lib/dbtrfs/snapshots"]).toMatchObject(passed);
    expect(modes("clonesOfEach")?.["/srv/clones"]).toMatchObject(passed);
    expect(modes("clonesOff")?.["/var/lib/dbtrfs/snapshots"]).toMatchObject({
      d: { group: "root", mode: "0700", user: "root" },
    });
  });

  test("ends and limits are looked at every minute", () => {
    const { timers, services } = observed("clonesOfEach").systemd;
    expect(timers["dbtrfs-clones-keep"]?.timerConfig).toMatchObject({ OnCalendar: "minutely" });
    expect(services["dbtrfs-clones-keep"]?.serviceConfig.ExecStart).toMatch(/\/bin\/dbtrfs-clone keep$/);
  });

  test("nothing of it is there where clones are off, or none are allowed", () => {
    for (const name of ["clonesOff", "snapshotEveryInstance"]) {
      const { systemd, groups } = observed(name);
      const units = [systemd.services, systemd.timers, systemd.sockets].flatMap((set) => Object.keys(set));
      expect(units.filter((each) => each.includes("clone"))).toEqual([]);
      expect(groups).not.toContain("dbtrfs-clones");
      expect(instances(name).clones).toBeNull();
    }
  });
});
