import { describe, expect, it } from "vitest";
import { ProblemsError } from "../../problem.ts";
import { clientOptions } from "./target.ts";

const mysql = (target: string) => clientOptions(target, { engine: "mysql" });

describe("a target", () => {
  it.each([
    ["/run/mysqld/mysqld.sock", ["--socket=/run/mysqld/mysqld.sock"]],
    ["dbtrfs@/run/mysqld/mysqld.sock", ["--socket=/run/mysqld/mysqld.sock", "--user=dbtrfs"]],
    ["db1.example.org", ["--host=db1.example.org"]],
    ["monitor@db1:3307", ["--host=db1", "--protocol=TCP", "--port=3307", "--user=monitor"]],
    ["[2001:db8::1]:3306", ["--host=2001:db8::1", "--protocol=TCP", "--port=3306"]],
    ["defaults-file=/etc/dbtrfs/passwords.cnf", ["--defaults-file=/etc/dbtrfs/passwords.cnf"]],
    ["login-path=orders", ["--login-path=orders"]],
  ])("%s names a server to the client", (target, options) => expect(mysql(target)).toEqual(options));

  const refusalOf = (target: string, engine: "mysql" | "mariadb" = "mysql"): ProblemsError => {
    try {
      clientOptions(target, { engine });
    } catch (error) {
      if (error instanceof ProblemsError) return error;
      throw error;
    }
    throw new Error(`${target} was taken`);
  };

  it.each([
    "root:secret@db1",
    "mysql://root:secret@db1/shop",
    "-psecret",
    "--password=secret",
    "password=secret",
  ])("with a password is refused with a way that has none, and is not repeated: %s", (target) => {
    const refusal = refusalOf(target);
    expect(refusal.exitCode).toBe(2);
    expect(refusal.message).not.toContain("secret");
    expect(refusal.problems[0]?.fix).toContain("defaults-file=FILE");
  });

  it.each(["", "a b", "db1:port", "./socket"])("of no known form is not repeated either: %j", (target) =>
    expect(refusalOf(target).problems[0]?.found).toBe("a TARGET of no known form"),
  );

  it("of MariaDB cannot be a login path", () =>
    expect(refusalOf("login-path=orders", "mariadb").problems[0]?.found).toContain("MariaDB's client lacks"));
});
