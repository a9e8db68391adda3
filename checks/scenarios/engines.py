"""Each engine's own client and its own check, run in the guest."""

from __future__ import annotations

import shlex
from abc import ABC, abstractmethod
from typing import Any

from host import Host


class Engine(ABC):
    def __init__(self, host: Host, database: dict[str, Any]) -> None:
        self.host = host
        self.machine = host.machine
        self.database = database
        self.name: str = database["name"]
        self.user: str = database["user"]

    @abstractmethod
    def client(self) -> str:
        """A shell command that reads statements from its standard input and prints one value a line."""

    @abstractmethod
    def checkpoint(self) -> None:
        """Everything that is committed lies in the data files afterwards."""

    @abstractmethod
    def check(self) -> None:
        """The engine's own check of every page and every index; raises where it finds something."""

    @abstractmethod
    def unsafe(self) -> None:
        """The setting that everybody knows not to use: commits are reported before they are on the disk."""

    transaction = ("BEGIN;", "COMMIT;")

    def sql(self, statements: str) -> str:
        return self.machine.succeed(f"{self.as_user(self.client())} <<< {shlex.quote(statements)}").strip()

    def as_user(self, command: str) -> str:
        return f"runuser -u {self.user} -- {command}"

    def stop(self) -> None:
        self.machine.succeed(f"systemctl stop {' '.join(self.database['units'])}")

    def start(self) -> None:
        self.machine.succeed(f"systemctl start {' '.join(self.database['units'])}")


class PostgreSQL(Engine):
    def client(self) -> str:
        return "psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname=postgres"

    def checkpoint(self) -> None:
        self.sql("CHECKPOINT;")

    def check(self) -> None:
        # --heapallindexed: every row is found through every index.
        self.sql("CREATE EXTENSION IF NOT EXISTS amcheck;")
        self.machine.succeed(self.as_user("pg_amcheck --all --heapallindexed 2>&1"))
        if self.sql("SHOW data_checksums;") == "on":
            self.stop()
            directory = self.database["dataDirectory"]
            self.machine.succeed(self.as_user(f"pg_checksums --check --pgdata={directory} 2>&1"))
            self.start()

    def unsafe(self) -> None:
        self.sql("ALTER SYSTEM SET fsync = off;")
        self.machine.succeed("systemctl restart postgresql")


class InnoDB(Engine):
    transaction = ("START TRANSACTION;", "COMMIT;")

    def client(self) -> str:
        return "mysql --user=mysql --batch --skip-column-names --unbuffered --database=lab"

    def create_database(self) -> None:
        self.machine.succeed(self.as_user("mysql --user=mysql --execute='CREATE DATABASE IF NOT EXISTS lab'"))

    def checkpoint(self) -> None:
        # Dirty pages are flushed in the background; with 0 % allowed they are flushed now.
        self.sql("SET GLOBAL innodb_max_dirty_pages_pct = 0;")
        status = "SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'"
        self.machine.wait_until_succeeds(
            self.as_user(f"mysql --user=mysql --batch --skip-column-names --execute={shlex.quote(status)}")
            + " | grep -qE '\\s[0-9]$'",
            timeout=60,
        )
        self.sql("SET GLOBAL innodb_max_dirty_pages_pct = 90;")

    def check(self) -> None:
        for table in ("ledger", "account"):
            result = self.sql(f"CHECK TABLE {table} EXTENDED;")
            if not result.endswith("OK"):
                raise AssertionError(f"CHECK TABLE {table}: {result}")

    def unsafe(self) -> None:
        self.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 0;")


class SQLite(Engine):
    synchronous = ""

    @property
    def path(self) -> str:
        return f"{self.database['dataDirectory']}/lab.db"

    def client(self) -> str:
        # The planned settings first, as the application would, but not what they print.
        settings = f"/etc/dbtrfs/sqlite/{self.name}.sql"
        before = f'-cmd ".output /dev/null" -cmd ".read {settings}" -cmd "{self.synchronous}" -cmd ".output stdout"'
        # The planned timeout is for a single writer; beside one that commits all the time it can be too short.
        patience = '-cmd ".timeout 60000"'
        return f"stdbuf -oL sqlite3 {patience} {before} {patience} -bail {self.path}"

    def checkpoint(self) -> None:
        self.sql("PRAGMA wal_checkpoint(TRUNCATE);")

    def check(self) -> None:
        for pragma in ("integrity_check", "foreign_key_check"):
            result = self.sql(f"PRAGMA {pragma};")
            if result not in ("ok", ""):
                raise AssertionError(f"{self.path}: {pragma}: {result}")

    def unsafe(self) -> None:
        self.synchronous = "PRAGMA synchronous = OFF;"


ENGINES: dict[str, type[Engine]] = {
    "postgresql": PostgreSQL,
    "mysql": InnoDB,
    "mariadb": InnoDB,
    "sqlite": SQLite,
}


def engines(host: Host) -> list[Engine]:
    return [ENGINES[database["engine"]](host, database) for database in host.databases]
