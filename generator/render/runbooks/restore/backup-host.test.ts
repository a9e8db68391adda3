import { expect, test } from "vitest";
import { mariadb, planOf, postgresql, sqlite } from "../../../decide/testing/plans.ts";
import { commandsOf } from "../runbook.ts";
import { backupHostRunbooks } from "./backup-host.ts";

const at = (target: string) => ({ backup: { target, recoveryPointObjective: "1h" } });
const kept = { ...mariadb, ...at("keeper@backup1.example.org:/srv/backup/db1/shop") };

const commandsFor = (database: object) =>
  backupHostRunbooks(planOf([database])).map((runbook) =>
    Object.fromEntries(commandsOf(runbook).map(({ id, commands }) => [id, commands])),
  );

test("what a backup host keeps is fetched by a key of its own and restored in place, each command tried", () => {
  const [runbook] = backupHostRunbooks(planOf([kept]));
  expect(runbook?.id).toBe("restore-shop-backup-host");
  expect(commandsOf(runbook ?? { id: "", title: "", sections: [] }).map(({ untried }) => untried)).toEqual(
    Array(6).fill(undefined),
  );
  expect(commandsFor(kept)).toEqual([
    expect.objectContaining({
      list: "ssh -i /root/restore-shop.key keeper@backup1.example.org list shop",
      fetch:
        "ssh -i /root/restore-shop.key keeper@backup1.example.org send shop SNAPSHOT | btrfs receive /var/lib/dbtrfs/snapshots",
      restore: "dbtrfs-restore shop --at SNAPSHOT --in-place --yes",
    }),
  ]);
});

test("the empty database sends nothing before its data is back", () => {
  const ids = backupHostRunbooks(planOf([kept])).flatMap((runbook) =>
    commandsOf(runbook).map(({ id }) => id),
  );
  expect(ids).toEqual(["stop", "key", "list", "fetch", "restore", "resume"]);
});

test("without a user in the target the account is the one that dbtrfs.backupHost has by default", () => {
  expect(commandsFor({ ...sqlite, ...at("backup1.example.org:/srv/backup/db1/cart") })[0]?.list).toContain(
    " btrbk@backup1.example.org ",
  );
});

test.each([
  ["a second disk", { ...sqlite, ...at("/mnt/backup/db1/cart") }],
  ["a directory that is not DIRECTORY/HOST/DATABASE", { ...sqlite, ...at("backup1.example.org:/srv/cart") }],
  [
    "another method",
    { ...postgresql, backup: { target: "backup1.example.org:/srv/backup/db1/orders", pointInTime: true } },
  ],
])("%s has no such runbook", (_, database) => {
  expect(backupHostRunbooks(planOf([database]))).toEqual([]);
});
