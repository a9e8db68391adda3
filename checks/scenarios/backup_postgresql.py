"""PostgreSQL: pgBackRest with its log archive, pg_basebackup with incremental ones, dumps."""

from __future__ import annotations

import time

from backup_ssh import authorize, start_sshd
from backup_way import Way


class PostgreSQLWay(Way):
    @property
    def data(self) -> str:
        return str(self.engine.database["dataDirectory"])

    @property
    def log(self) -> str:
        return f"/var/lib/postgresql/wal/{self.engine.database['version']}"

    def wait_until_recovered(self) -> None:
        self.machine.wait_until_succeeds(
            self.engine.as_user(self.engine.client()) + " <<< 'SELECT pg_is_in_recovery();' 2>/dev/null | grep -qx f", timeout=120
        )


class PgBackRest(PostgreSQLWay):
    first_unit = "pgbackrest-default-full"

    def prepare_ssh(self) -> None:
        start_sshd(self.machine)
        authorize(self.machine, self.name, "postgres", "pgbackrest", 'restrict,command="internal-sftp"')
        self.machine.succeed(f"install -d -o pgbackrest -g pgbackrest -m 0700 {self.target}")
        self.machine.fail(f"ssh -i /var/lib/dbtrfs/secrets/{self.name}.key pgbackrest@localhost id")
        self.host.count("refused")

    def prove(self) -> None:
        self.ledger.create()
        self.run_unit("pgbackrest-default-full")
        self.under_load()
        self.run_unit("pgbackrest-default-incremental")
        time.sleep(1)
        # The clock that a person would name afterwards.
        until = self.host.reported()
        moment = self.engine.sql("SELECT now();")
        time.sleep(2)
        everything = self.stop_load()
        self.archive_all()
        self.restore("")
        self.judge(everything, "all that was archived")
        total = self.ledger.judge(everything).found
        self.restore(f"--type=time --target='{moment}' --target-action=promote")
        verdict = self.judge(until, f"until {moment}")
        if verdict.found >= total:
            raise AssertionError(f"{self.name}: restored until {moment}, and everything after it is there too")

    def archive_all(self) -> None:
        last = self.engine.sql("SELECT pg_walfile_name(pg_switch_wal());")
        done = f"SELECT coalesce(last_archived_wal >= '{last}', false) FROM pg_stat_archiver;"
        self.machine.wait_until_succeeds(f'[ "$({self.engine.as_user(self.engine.client())} <<< "{done}")" = t ]', timeout=60)

    def restore(self, options: str) -> None:
        self.delete_everything()
        command = f"pgbackrest --stanza=default --link-map=pg_wal={self.log} {options} restore"
        self.machine.succeed(self.engine.as_user(command) + " >&2")
        self.engine.start()
        self.wait_until_recovered()


class BaseBackup(PostgreSQLWay):
    first_unit = "dbtrfs-backup-lab-full"

    def prove(self) -> None:
        self.ledger.create()
        self.run_unit("dbtrfs-backup-lab-full")
        self.under_load()
        self.run_unit("dbtrfs-backup-lab-incremental")
        time.sleep(1)
        reported = self.host.reported()
        self.run_unit("dbtrfs-backup-lab-incremental")
        self.stop_load()
        self.check_small()
        self.restore()
        self.judge(reported, "all before the last backup")
        self.check_expiry()

    def check_expiry(self) -> None:
        """Two full backups stay, and the older one's incremental ones go with it; of two units one waits."""
        self.run_unit("dbtrfs-backup-lab-full")
        self.run_unit("dbtrfs-backup-lab-full dbtrfs-backup-lab-incremental")
        kinds = [name.rsplit("-", 1)[-1] for name in self.machine.succeed(f"ls {self.target}").split()]
        if sorted(kinds) != ["full", "full", "incremental"]:
            raise AssertionError(f"{self.name}: left after three full backups: {kinds}")

    def check_small(self) -> None:
        sizes = self.machine.succeed(f"du --summarize --bytes {self.target}/2*").splitlines()
        full, *incremental = [int(line.split()[0]) for line in sizes]
        # Besides the changed blocks each has the log of its own time, 16 MiB segments.
        self.host.counts["fullMiB"], self.host.counts["lastMiB"] = full >> 20, incremental[-1] >> 20

    def restore(self) -> None:
        self.delete_everything()
        backups = self.machine.succeed(f"ls -d {self.target}/2*").split()
        prepare = f"pg_combinebackup --output={self.data} {' '.join(backups)}"
        self.machine.succeed(self.engine.as_user(prepare))
        # The log's directory is elsewhere on this host.
        self.machine.succeed(
            f"install -d -o postgres -g postgres -m 0700 {self.log}",
            f"cp --archive --reflink=never {self.data}/pg_wal/. {self.log}/ && rm -r {self.data}/pg_wal",
            f"ln -s {self.log} {self.data}/pg_wal",
        )
        self.engine.start()
        self.wait_until_recovered()


class PgDump(PostgreSQLWay):
    first_unit = "postgresqlBackup"

    def prove(self) -> None:
        self.ledger.create()
        reported = self.under_load()
        self.run_unit("postgresqlBackup")
        self.stop_load()
        self.delete_everything()
        self.engine.start()
        psql = self.engine.as_user("psql --no-psqlrc --quiet --dbname=postgres")
        self.machine.succeed(f"zstd --decompress --stdout {self.target}/all.sql.zstd | {psql} >/dev/null")
        self.judge(reported, "all before the dump")
