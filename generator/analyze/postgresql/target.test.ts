import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProblemsError } from "../../problem.ts";
import { conninfoOf, withDatabase } from "./target.ts";

const refusal = (target: string): string => {
  try {
    conninfoOf(target);
  } catch (error) {
    if (error instanceof ProblemsError) return error.message;
    throw error;
  }
  throw new Error(`${target} was taken`);
};

describe("a target", () => {
  it.each([
    ["service=orders", "service=orders"],
    [
      "host=/run/postgresql dbname='the shop' user=dbtrfs",
      "host=/run/postgresql dbname='the shop' user=dbtrfs",
    ],
    ["passfile=/etc/pgpass host = db1", "passfile=/etc/pgpass host = db1"],
    [
      "postgresql://dbtrfs@db1:5433/shop?sslmode=require",
      "postgresql://dbtrfs@db1:5433/shop?sslmode=require",
    ],
    ["/run/postgresql", "host='/run/postgresql' dbname=postgres"],
    ["shop", "dbname='shop'"],
    ["it's\\", "dbname='it\\'s\\\\'"],
  ])("%s connects by %s", (target, conninfo) => {
    expect(conninfoOf(target)).toBe(conninfo);
  });

  it.each([
    "host=db1 password=s3cret",
    "host=db1 password = 's3cret with blanks'",
    "sslkey=/k sslpassword=s3cret",
    "scram_client_key=s3cret",
    "postgresql://dbtrfs:s3cret@db1/shop",
    "postgres://dbtrfs:@s3cret@db1/shop",
    "postgresql://dbtrfs@db1/shop?password=s3cret",
    "postgresql://db1/shop?p%61ssword=s3cret",
    "postgresql://a,b/shop?connect_timeout=3&sslpassword=s3cret",
  ])("with a secret is refused without repeating it: %s", (target) => {
    const message = refusal(target);
    expect(message).toContain(".pgpass");
    expect(message).not.toContain("s3cret");
  });

  it("that is no connection string is refused, and what may be a secret is not repeated", () => {
    const message = refusal("dbname=orders and s3cret");
    expect(message).toContain("keyword=value");
    expect(message).not.toContain("s3cret");
  });
});

describe("another database of the same server", () => {
  it("is named last, where it counts", () => {
    expect(withDatabase("service=orders", "a b")).toBe("service=orders dbname='a b'");
    expect(withDatabase("postgresql://db1/shop", "a&b")).toBe("postgresql://db1/shop?dbname=a%26b");
    expect(withDatabase("postgresql://db1/shop?sslmode=require", "b")).toBe(
      "postgresql://db1/shop?sslmode=require&dbname=b",
    );
  });

  it("keeps to the one keyword, whatever its name", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        expect(() => conninfoOf(withDatabase("host=db1", name))).not.toThrow();
      }),
    );
  });
});
