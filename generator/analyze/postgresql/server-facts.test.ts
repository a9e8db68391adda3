import { describe, expect, it } from "vitest";
import { Refusal } from "../../refusal.ts";
import { refuseServer, type ServerFacts } from "./server-facts.ts";

const facts: ServerFacts = {
  banner: "PostgreSQL 17.12 on x86_64-pc-linux-gnu",
  versionNumber: 170012,
  role: "dbtrfs",
  readsStatistics: true,
  inRecovery: false,
  counts: true,
  database: "orders",
  backend: 7,
  backendStart: 0,
  socket: true,
};

const refusal = (changes: Partial<ServerFacts>): Refusal => {
  try {
    refuseServer({ ...facts, ...changes }, "service=orders");
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("the server was taken");
};

describe("a server", () => {
  it.each([150000, 150018, 160014, 170012, 180006])("of version %d is measured", (versionNumber) => {
    expect(() => refuseServer({ ...facts, versionNumber }, "service=orders")).not.toThrow();
  });

  it.each([
    ["too old", { versionNumber: 140019, banner: "PostgreSQL 14.19" }, "PostgreSQL 14.19"],
    ["too new to be known", { versionNumber: 190000, banner: "PostgreSQL 19beta1" }, "PostgreSQL 19beta1"],
    ["of another make", { banner: "CockroachDB CCL v25.4.1" }, "CockroachDB"],
    ["that follows another", { inRecovery: true }, "a standby"],
    ["that counts nothing", { counts: false }, "track_counts = off"],
    ["of which the role may read little", { readsStatistics: false, role: 'a"b' }, 'role a"b'],
  ])("%s is refused, with what was found", (_kind, changes, found) => {
    const { problems, exitCode } = refusal(changes);
    expect(exitCode).toBe(3);
    expect(problems[0]?.file).toBe("service=orders");
    expect(problems[0]?.found).toContain(found);
  });

  it("that is too old is not asked for its roles: their statement would be wrong there", () => {
    expect(refusal({ versionNumber: 90600, readsStatistics: false }).problems[0]?.allowed).toBe(
      "PostgreSQL 15, 16, 17, 18",
    );
  });
});
