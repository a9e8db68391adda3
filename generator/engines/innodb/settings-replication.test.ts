import { describe, expect, it } from "vitest";
import { mariadb } from "../mariadb/index.ts";
import { mysql } from "../mysql/index.ts";
import { clusterOf } from "../testing/clusters.ts";
import { settingsOf } from "../testing/contexts.ts";
import { contextWith } from "./testing/contexts.ts";

const ofMysql = (...member: Parameters<typeof clusterOf>) =>
  settingsOf(mysql, contextWith({ version: "8.4", cluster: clusterOf(...member) }));
const ofMariadb = (...member: Parameters<typeof clusterOf>) =>
  settingsOf(mariadb, contextWith({ version: "11.8", cluster: clusterOf(...member) }));

describe("replication by identifiers", () => {
  it("numbers members by their addresses and logs what replicas apply", () => {
    expect(ofMysql("gtid")).toMatchObject({
      server_id: 167772161,
      gtid_mode: "ON",
      enforce_gtid_consistency: "ON",
      log_replica_updates: "ON",
    });
    expect(ofMariadb("gtid", "db-2")).toMatchObject({
      server_id: 167772162,
      gtid_strict_mode: "ON",
      log_slave_updates: "ON",
      binlog_format: "ROW",
    });
  });

  it("puts the relay log beside the binary log, within a limit, and asks again for it after a crash", () => {
    expect(ofMysql("gtid", "db-2")).toMatchObject({
      relay_log: "/var/lib/mysql/binlog/relay",
      relay_log_recovery: "ON",
      relay_log_space_limit: "16G",
    });
  });

  it("lets a replica refuse writes, and the primary take them", () => {
    expect(ofMysql("gtid", "db-2")).toHaveProperty("read_only", "ON");
    expect(ofMysql("gtid")).not.toHaveProperty("read_only");
  });

  it("has the primary wait for a replica, and no replica for another", () => {
    expect(ofMysql("gtid")).toMatchObject({
      plugin_load_add: "semisync_source.so",
      rpl_semi_sync_source_enabled: "ON",
      rpl_semi_sync_source_wait_point: "AFTER_SYNC",
    });
    expect(ofMysql("gtid", "db-2")).toMatchObject({
      plugin_load_add: "semisync_replica.so",
      rpl_semi_sync_replica_enabled: "ON",
    });
    expect(ofMysql("gtid", "db-2")).not.toHaveProperty("rpl_semi_sync_source_enabled");
    expect(ofMariadb("gtid")).toMatchObject({ rpl_semi_sync_master_enabled: "ON" });
    expect(Object.keys(ofMariadb("gtid", "db1", false)).filter((name) => name.includes("semi_sync"))).toEqual(
      [],
    );
  });
});

describe("Galera", () => {
  it("sends rows with interleaved numbers, and flushes each commit on every node", () => {
    expect(ofMariadb("galera")).toMatchObject({
      binlog_format: "ROW",
      innodb_autoinc_lock_mode: 2,
      innodb_flush_log_at_trx_commit: 1,
    });
    const flush = mariadb.settings.find(({ name }) => name === "innodb_flush_log_at_trx_commit");
    expect(flush?.reason(contextWith({ version: "11.8", cluster: clusterOf("galera") }))).toContain(
      "one power cut",
    );
    expect(ofMariadb("galera")).not.toHaveProperty("server_id");
  });
});
