import { describe, expect, test } from "vitest";
import { inputs } from "../../offline-inputs.ts";
import { observed, unit } from "./observed.ts";

describe.skipIf(inputs === null)("directories, sandbox and warnings", () => {
  test("nothing is configured without an instance", () => {
    const { services, systemd, warnings } = observed("empty");
    expect(services.btrbk.instances).toEqual({});
    expect(systemd.services).toEqual({});
    expect(systemd.timers).toEqual({});
    expect(systemd.tmpfiles.settings).toEqual({ "00-dbtrfs": {} });
    expect(warnings).toEqual([]);
  });

  test("a directory gets its owner, its mode and +C while it is still empty", () => {
    const rules = observed("example").systemd.tmpfiles.settings["00-dbtrfs"];
    expect(rules?.["/var/lib/postgresql/wal"]).toMatchObject({
      d: { user: "postgres", group: "postgres", mode: "0750" },
      h: { argument: "+C" },
    });
    expect(rules?.["/var/lib/postgresql"]).not.toHaveProperty("h");
  });

  test("the database waits for the check of its storage", () => {
    const { before, requiredBy, script } = unit("example", "dbtrfs-attributes-orders");
    expect(before).toEqual(["postgresql.service"]);
    expect(requiredBy).toEqual(["postgresql.service"]);
    expect(script.split("\n")[0]).toBe(
      "set -- /var/lib/postgresql postgresql /var/lib/postgresql btrfs cow none /var/lib/postgresql/wal btrfs nocow none",
    );
  });

  test("the sandbox lets the database write where the plan puts it, and waits for the mounts", () => {
    const paths = ["/var/lib/postgresql", "/var/lib/postgresql/wal"];
    const { unitConfig, serviceConfig } = unit("example", "postgresql");
    expect(unitConfig.RequiresMountsFor).toEqual(["/var/lib/postgresql/17", ...paths]);
    expect(serviceConfig.ReadWritePaths).toEqual(paths);
  });

  test("NixOS's own paths stay: a data directory of one's own, and MySQL's", () => {
    expect(unit("customDataDir", "postgresql").serviceConfig.ReadWritePaths).toEqual([
      "/var/lib/postgresql/orders",
      "/var/lib/postgresql",
    ]);
    expect(unit("defaults", "mysql").serviceConfig.ReadWritePaths).toEqual([
      "/var/lib/mysql/data",
      "/var/lib/mysql",
    ]);
  });

  test("a server that recovers from a crash, or writes what is dirty before it stops, is not killed for it", () => {
    for (const [name, service] of [
      ["example", "postgresql"],
      ["defaults", "mysql"],
      ["galeraMember", "mysql"],
    ] as const)
      expect(unit(name, service).serviceConfig).toMatchObject({
        TimeoutStartSec: "infinity",
        TimeoutStopSec: "15min",
      });
    expect(unit("defaults", "vault").serviceConfig).not.toHaveProperty("TimeoutStartSec");
  });

  test("an application that keeps SQLite databases is let in like a server", () => {
    expect(unit("defaults", "vault").serviceConfig.ReadWritePaths).toEqual(["/srv/app"]);
    expect(unit("defaults", "vault").unitConfig.RequiresMountsFor).toEqual(["/srv/app"]);
  });

  test("warnings of the plan are said with the instance's name", () => {
    expect(observed("snapshotEveryInstance").warnings).toEqual([
      "dbtrfs.instances.vault: The backup lies on the same disk.",
    ]);
  });

  test("an account or a unit that nothing declares is said, for a typing error would go unnoticed", () => {
    const [user, group, unit] = observed("unknownNames").warnings;
    expect(user).toContain("dbtrfs.instances.vault.user: no users.users.vualt is declared here");
    expect(group).toContain("dbtrfs.instances.vault.group: no users.groups.vualt is declared here");
    expect(unit).toContain("dbtrfs.instances.vault.units: systemd.services.vualt starts nothing");
  });

  test("the example of the documentation is in the module", () => {
    expect(Object.keys(observed("example").services.btrbk.instances)).toEqual(["dbtrfs-orders"]);
  });
});
