import { describe, expect, it } from "vitest";
import { Refusal } from "../../refusal.ts";
import { mariadbDialect } from "./mariadb.ts";
import { mysqlDialect } from "./mysql.ts";
import { serverOf } from "./server.ts";

const row = (version: string, comment = "") => [
  version,
  comment,
  "dbtrfs@localhost",
  "dbtrfs@localhost",
  "db1",
];

const problemOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.problems[0];
    throw error;
  }
  throw new Error("not refused");
};

describe("a server", () => {
  it.each([
    [mysqlDialect, "8.4.5", "8.4.5"],
    [mysqlDialect, "9.7.4-2", "9.7.4"],
    [mariadbDialect, "10.11.19-MariaDB-0+deb12u1", "10.11.19"],
    [mariadbDialect, "11.8.9-MariaDB-log", "11.8.9"],
  ])("is known by its version: %#", (dialect, text, version) =>
    expect(serverOf(dialect, row(text, "Source distribution")).server).toEqual({
      version,
      banner: `${text} Source distribution`,
    }),
  );

  it("that is too old is refused with what it lacks", () => {
    expect(problemOf(() => serverOf(mysqlDialect, row("8.0.28")))).toMatchObject({
      found: "8.0.28",
      allowed: "MySQL 8.4 or later",
      fix: "Upgrade the server. SHOW BINARY LOG STATUS came with 8.2.0. Innodb_redo_log_current_lsn and Innodb_redo_log_logical_size came with 8.0.30.",
    });
    expect(problemOf(() => serverOf(mariadbDialect, row("10.6.22-MariaDB")))?.allowed).toBe(
      "MariaDB 10.11 or later",
    );
  });

  it("of the other engine is refused with the command for it", () =>
    expect(problemOf(() => serverOf(mysqlDialect, row("11.8.9-MariaDB")))?.fix).toContain(
      "dbtrfs analyze mariadb",
    ));
});
