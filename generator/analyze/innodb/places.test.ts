import { describe, expect, it } from "vitest";
import { mariadbDialect } from "./mariadb.ts";
import { mysqlDialect } from "./mysql.ts";
import { placesOf } from "./places.ts";

const nothing = { dataFiles: [], binlogFile: null, doublewriteNames: [] };
const inWords = (places: ReturnType<typeof placesOf>) =>
  places.map(({ role, path, name }) => `${role} ${path}${name === null ? "" : ` (${name})`}`);

const defaults = {
  datadir: "/var/lib/mysql/",
  innodb_log_group_home_dir: "./",
  innodb_data_home_dir: "",
  tmpdir: "/tmp",
};

describe("the places of a server's files", () => {
  it("are MySQL's own below its data directory", () => {
    const places = placesOf(
      mysqlDialect,
      {
        ...defaults,
        innodb_temp_data_file_path: "ibtmp1:12M:autoextend",
        innodb_temp_tablespaces_dir: "./#innodb_temp/",
        log_bin_basename: "/var/lib/mysql/binlog",
      },
      {
        dataFiles: [["innodb_undo_001", "./undo_001", "UNDO LOG"]],
        binlogFile: "binlog.000012",
        doublewriteNames: ["#ib_16384_0.dblwr", "ibdata1"],
      },
    );
    expect(inWords(places)).toEqual([
      "data /var/lib/mysql",
      "log /var/lib/mysql/#innodb_redo",
      "undo /var/lib/mysql/undo_001 (innodb_undo_001)",
      "doublewrite /var/lib/mysql/#ib_16384_0.dblwr (#ib_16384_0.dblwr)",
      "binlog /var/lib/mysql/binlog.000012",
      "temp /var/lib/mysql/ibtmp1 (ibtmp1)",
      "temp /var/lib/mysql/#innodb_temp (sessions)",
      "temp /tmp",
    ]);
  });

  it("are where the settings put them", () => {
    const places = placesOf(
      mariadbDialect,
      {
        ...defaults,
        innodb_log_group_home_dir: "/var/lib/mysql-redo",
        log_bin_basename: "/srv/binlog/bin",
        aria_log_dir_path: "/srv/aria/",
        tmpdir: "/tmp:/var/tmp",
      },
      {
        ...nothing,
        binlogFile: "bin.000001",
        dataFiles: [["shop/orders", "/mnt/big/shop/orders.ibd", "TABLESPACE"]],
      },
    );
    expect(inWords(places)).toEqual([
      "data /var/lib/mysql",
      "log /var/lib/mysql-redo/ib_logfile0",
      "tablespace /mnt/big/shop/orders.ibd (shop/orders)",
      "binlog /srv/binlog/bin.000001",
      "temp /tmp",
      "temp /var/tmp",
      "journal /srv/aria",
    ]);
  });

  it("are unknown where the server does not name its data directory", () =>
    expect(placesOf(mysqlDialect, {}, nothing)).toEqual([]));
});
