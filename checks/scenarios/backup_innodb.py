"""MariaDB: mariadb-backup with its incremental ones, dumps. MySQL: snapshots that were sent. The binary log leads on."""

from __future__ import annotations

import time

from backup_way import Way


class InnoDBWay(Way):
    client = "mysql --user=mysql"
    binlog_program = "mysqlbinlog"

    @property
    def settings(self) -> dict[str, str]:
        return {s["name"]: s["value"] for s in self.engine.database["settings"]}

    def binlogs_from(self, position: str) -> str:
        """The copied files from FILE POSITION on, for the program that replays them."""
        first, offset = position.split()[:2]
        files = self.machine.succeed(f"cd {self.target}/binlog && ls").split()
        following = " ".join(f"{self.target}/binlog/{name}" for name in files if name >= first)
        return f"--start-position={offset} {following}"

    def replay(self, position: str, until: str | None = None) -> None:
        stop = f"--stop-datetime='{until}'" if until else ""
        program = f"{self.binlog_program} --disable-log-bin {stop} {self.binlogs_from(position)}"
        self.machine.succeed(f"{program} | {self.engine.as_user(self.client)}")

    def copy_binlog(self) -> None:
        self.machine.succeed(
            "systemctl start dbtrfs-binlog-lab || { journalctl --no-pager --lines=30 --unit=dbtrfs-binlog-lab; exit 1; }"
        )


class MariaDBBackup(InnoDBWay):
    first_unit = "dbtrfs-backup-lab-full"
    binlog_program = "mariadb-binlog"
    scratch = "/mnt/backup/prepared"

    def prove(self) -> None:
        self.ledger.create()
        self.run_unit("dbtrfs-backup-lab-full")
        self.under_load()
        self.run_unit("dbtrfs-backup-lab-incremental")
        time.sleep(1)
        until = self.host.reported()
        time.sleep(1)
        # Whole seconds, as the option takes them.
        moment = self.machine.succeed("date '+%F %T'").strip()
        time.sleep(2)
        everything = self.stop_load()
        self.copy_binlog()
        self.restore(None)
        self.judge(everything, "all that was copied")
        total = self.ledger.judge(everything).found
        # The restored server writes another log under the same names: it is not mixed with the old one.
        self.machine.fail("systemctl start dbtrfs-binlog-lab")
        self.machine.succeed("journalctl --unit=dbtrfs-binlog-lab | grep -q 'the log was begun anew'")
        self.restore(moment)
        verdict = self.judge(until, f"until {moment}")
        if verdict.found >= total:
            raise AssertionError(f"{self.name}: restored until {moment}, and everything after it is there too")

    def restore(self, until: str | None) -> None:
        # Preparing changes the files, those of incremental backups too: copies of them.
        self.machine.succeed(f"rm -rf {self.scratch}; mkdir {self.scratch}; cp --archive {self.target}/2* {self.scratch}/")
        full, *incremental = self.machine.succeed(f"ls -d {self.scratch}/2*").split()
        prepare = f"mariadb-backup --prepare --target-dir={full}"
        self.machine.succeed(f"{prepare} 2>&1", *[f"{prepare} --incremental-dir={i} 2>&1" for i in incremental])
        self.delete_everything()
        self.machine.succeed(
            f"mariadb-backup --defaults-file=/etc/my.cnf --copy-back --target-dir={full} 2>&1",
            f"chown -R mysql:mysql {self.engine.database['mountPoint']}",
        )
        self.engine.start()
        newest = incremental[-1] if incremental else full
        position = self.machine.succeed(f"cat {newest}/mariadb_backup_binlog_info {newest}/xtrabackup_binlog_info 2>/dev/null || true")
        self.replay(position, until)


class Dump(InnoDBWay):
    first_unit = "dbtrfs-backup-lab-full"

    def prove(self) -> None:
        self.ledger.create()
        reported = self.under_load()
        self.run_unit("dbtrfs-backup-lab-full")
        self.stop_load()
        self.delete_everything()
        self.engine.start()
        dump = f"zstd --decompress --stdout {self.target}/2*-full/all.sql.zst"
        self.machine.succeed(f"{dump} | {self.engine.as_user(self.client)}")
        self.machine.succeed("systemctl restart mysql")
        self.judge(reported, "all before the dump")


class BinlogAfterSnapshot(InnoDBWay):
    first_unit = "btrbk-dbtrfs-lab"
    asks_server = False

    def prove(self) -> None:
        self.ledger.create()
        self.under_load()
        self.machine.succeed("systemctl start dbtrfs-snapshot-lab")
        self.machine.wait_until_succeeds(f"ls -d {self.target}/lab.2* && [ $(systemctl is-active btrbk-dbtrfs-lab) = inactive ]", timeout=60)
        self.host.count("backups")
        time.sleep(1)
        everything = self.stop_load()
        self.copy_binlog()
        self.delete_everything()
        received = self.machine.succeed(f"ls -d {self.target}/lab.2*").split()[-1]
        mount = self.engine.database["mountPoint"]
        self.machine.succeed(f"cp --archive --reflink=never {received}/. {mount}/", f"rm -f {self.engine.database['dataDirectory']}/auto.cnf")
        self.engine.start()
        facts = dict(line.split("=", 1) for line in self.machine.succeed(f"cat {received}/.dbtrfs-snapshot").splitlines())
        self.replay(facts["binlog"])
        self.judge(everything, "all that was copied")
