import { describe, expect, test } from "vitest";
import { parseBackupTarget } from "./backup-target.ts";
import { backupTarget } from "./text.ts";

describe("a backup's target", () => {
  test.each([
    ["/mnt/backup/orders", { kind: "path", path: "/mnt/backup/orders" }],
    [
      "backup.example.org:/srv/orders",
      { kind: "ssh", user: null, host: "backup.example.org", path: "/srv/orders" },
    ],
    ["store@nas:/srv", { kind: "ssh", user: "store", host: "nas", path: "/srv" }],
    ["s3://bucket", { kind: "s3", bucket: "bucket", path: "" }],
    ["s3://my.bucket/db/orders", { kind: "s3", bucket: "my.bucket", path: "/db/orders" }],
  ])("%s", (text, expected) => {
    expect(backupTarget.safeParse(text).success).toBe(true);
    expect(parseBackupTarget(text)).toEqual(expected);
  });

  test.each([
    "backup.example.org",
    "backup.example.org:relative",
    "relative/path",
    "/mnt/../etc",
    "/mnt/with space",
    "sftp://host/path",
    "s3://",
    "-oProxyCommand=x:/srv",
    "a;b:/srv",
  ])("%s is refused", (text) => {
    const { error } = backupTarget.safeParse(text);
    expect(error?.issues[0]?.message).toContain("s3://BUCKET/PREFIX");
  });
});
