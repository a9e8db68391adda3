import { describe, expect, it } from "vitest";
import { builtInEvidence } from "../../evidence/load.ts";
import { btrfsDefaults } from "../../layout/layout-choice.ts";
import { workloadClasses } from "../../spec/workload.ts";
import { persistentPragmas, sqlite } from "./index.ts";
import { contextWith, pragmasOf, reasonOf } from "./testing/contexts.ts";

const zstd = { ...btrfsDefaults, compression: "zstd" } as const;
const nocow = { ...btrfsDefaults, data: "nocow" } as const;
const ruleOf = (name: string) => sqlite.settings.find((rule) => rule.name === name);

describe("pragmas", () => {
  it("of a busy application on NVMe", () => {
    expect(pragmasOf(contextWith())).toEqual({
      page_size: 4096,
      journal_mode: "WAL",
      synchronous: "FULL",
      wal_autocheckpoint: 4000,
      journal_size_limit: 67_108_864,
      cache_size: -65_536,
      mmap_size: 0,
      busy_timeout: 5000,
    });
  });

  it("of a small read-mostly database on a spinning disk", () => {
    const context = contextWith({ workload: "read-mostly", memoryGiB: 0.1, disk: "hdd", sizeGiB: 0.05 });
    expect(pragmasOf(context)).toEqual({
      page_size: 4096,
      journal_mode: "WAL",
      synchronous: "FULL",
      journal_size_limit: 67_108_864,
      mmap_size: 0,
      busy_timeout: 10_000,
    });
  });

  it("have larger pages only where compression is on and space comes first", () => {
    expect(pragmasOf(contextWith({ layout: zstd, prefer: "space" }))).toMatchObject({ page_size: 16_384 });
    expect(pragmasOf(contextWith({ layout: zstd }))).toMatchObject({ page_size: 4096 });
    expect(pragmasOf(contextWith({ prefer: "space" }))).toMatchObject({ page_size: 4096 });
  });

  it("keep the log at 16 MB, whatever the page size, and at the default where readers or latency count", () => {
    expect(pragmasOf(contextWith({ layout: zstd, prefer: "space" }))).not.toHaveProperty(
      "wal_autocheckpoint",
    );
    expect(pragmasOf(contextWith({ prefer: "latency" }))).not.toHaveProperty("wal_autocheckpoint");
    expect(pragmasOf(contextWith({ workload: "read-mostly" }))).not.toHaveProperty("wal_autocheckpoint");
  });

  it("check cells where Btrfs checks nothing, or integrity comes first", () => {
    expect(pragmasOf(contextWith({ layout: nocow }))).toMatchObject({ cell_size_check: "ON" });
    expect(pragmasOf(contextWith({ prefer: "integrity" }))).toMatchObject({ cell_size_check: "ON" });
  });

  it("never give the caches more than a quarter of the memory, or one more than the database", () => {
    for (const workload of workloadClasses) {
      for (const memoryGiB of [0.1, 1, 64]) {
        const context = contextWith({ workload, memoryGiB, sizeGiB: 1 });
        const KiB = -Number(pragmasOf(context).cache_size ?? 0);
        expect(KiB * context.connections).toBeLessThanOrEqual((memoryGiB * 1024 * 1024) / 4);
        expect(KiB).toBeLessThanOrEqual(1024 * 1024);
      }
    }
  });

  it("come in an order in which the file takes them", () => {
    const order = Object.keys(pragmasOf(contextWith())).filter((name) => persistentPragmas.includes(name));
    expect(order).toEqual(persistentPragmas.filter((name) => order.includes(name)));
  });

  it("have a reason and a source, those that are left alone too", () => {
    for (const rule of sqlite.settings) {
      expect(rule.reason(contextWith()), rule.name).toMatch(/^[A-Z0-9].{40,}\.$/);
      expect(rule.sources.length, rule.name).toBeGreaterThan(0);
    }
  });
});

describe("overrides", () => {
  it("may choose among the journals that survive a crash", () => {
    expect(ruleOf("journal_mode")?.onlySafe?.values).toEqual(["WAL", "DELETE", "TRUNCATE", "PERSIST"]);
  });

  it("may not give up commits that were reported", () => {
    const safe = ruleOf("synchronous")?.onlySafe?.values;
    expect(safe).toContain("EXTRA");
    expect(safe).not.toContain("NORMAL");
    expect(safe).not.toContain("OFF");
  });
});

describe("numbers in the text", () => {
  const measured = (id: string) => {
    const metrics = builtInEvidence().rows.find((row) => row.id === `sqlite-oltp-search-${id}`)?.metrics;
    return { rate: Number(metrics?.transactionsPerSecond), written: Number(metrics?.bytesPerTransaction) };
  };
  const full = measured("cow-4k");
  const normal = measured("sqlite-normal");
  const rollback = measured("sqlite-delete");

  it("of the journal mode are the measured ones", () => {
    const reason = reasonOf("journal_mode", contextWith());
    expect(reason).toContain(`${Math.round(full.rate)} transactions/s`);
    expect(reason).toContain(`against ${Math.round(rollback.rate)} with`);
    expect((full.written / rollback.written).toFixed(1)).toBe("0.3");
  });

  it("of what NORMAL would buy are the measured ones", () => {
    const duty = sqlite.ownerDuties.find(({ text }) => text.startsWith("synchronous=NORMAL"));
    expect(duty?.text).toContain(
      `${Math.round(normal.rate)} transactions/s against ${Math.round(full.rate)}`,
    );
    expect((normal.written / full.written).toFixed(1)).toBe("0.5");
  });

  it("of the page size are the measured ones", () => {
    expect(measured("sqlite-page-16k").rate).toBeLessThan(full.rate);
    expect(measured("sqlite-page-16k").written / full.written).toBeGreaterThan(2);
  });
});
