"""A second server on a copy of a database: what a snapshot is worth."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from engines import Engine, InnoDB, PostgreSQL, SQLite

SOCKETS = "/run/lab-copy"


def inside(places: dict[str, str], path: str) -> str:
    """Where a path of the running server lies in the copy; the longest directory that was copied by itself decides."""
    directory = max((p for p in places if path == p or path.startswith(f"{p}/")), key=len)
    return places[directory] + path.removeprefix(directory)


class PostgreSQLCopy(PostgreSQL):
    def __init__(self, engine: Engine, places: dict[str, str]) -> None:
        super().__init__(engine.host, engine.database)
        self.directory = inside(places, self.database["dataDirectory"])
        self.places = places

    def client(self) -> str:
        return f"{super().client()} --host={SOCKETS} --port=6000"

    def start(self) -> None:
        self.machine.succeed(f"rm -f {self.directory}/postmaster.pid")
        self.attach_log()
        server = f"-c port=6000 -c listen_addresses= -c unix_socket_directories={SOCKETS}"
        command = f"pg_ctl start --silent --wait --pgdata={self.directory} --log={SOCKETS}/log --options='{server}'"
        self.machine.succeed(f"{self.as_user(command)} || {{ tail -n 20 {SOCKETS}/log; exit 1; }}")

    def attach_log(self) -> None:
        """An absolute link, or one out of the snapshot, leads to the log of the running server."""
        live = self.machine.succeed(f"readlink --canonicalize {self.database['dataDirectory']}/pg_wal").strip()
        link, log = f"{self.directory}/pg_wal", inside(self.places, live)
        if log != link:
            self.machine.succeed(f"rm {link}; ln -s {log} {link}")

    def stop(self) -> None:
        self.machine.execute(self.as_user(f"pg_ctl stop --silent --mode=immediate --pgdata={self.directory}"))

    def check(self) -> None:
        self.sql("CREATE EXTENSION IF NOT EXISTS amcheck;")
        connection = f"--host={SOCKETS} --port=6000"
        self.machine.succeed(self.as_user(f"pg_amcheck --all --heapallindexed {connection} 2>&1"))
        self.machine.succeed(self.as_user(f"pg_ctl stop --silent --pgdata={self.directory}"))
        self.machine.succeed(self.as_user(f"pg_checksums --check --pgdata={self.directory} 2>&1"))


class InnoDBCopy(InnoDB):
    def __init__(self, engine: Engine, places: dict[str, str]) -> None:
        super().__init__(engine.host, engine.database)
        self.places = places
        self.directory = inside(places, self.database["dataDirectory"])

    def logs(self) -> str:
        """Where redo log and binlog are copied to. my.cnf has those of the running server, and so has the binlog's index:
        recovery asks the binlog which prepared transactions are committed, and rolls back what it finds in none."""
        settings = {setting["name"]: setting["value"] for setting in self.database["settings"]}
        redo = settings.get("innodb_log_group_home_dir", self.database["dataDirectory"])
        options = f"--innodb-log-group-home-dir={inside(self.places, redo)}"
        if "log_bin" in settings:
            live = settings["log_bin"]
            binlog = inside(self.places, live)
            self.machine.succeed(f"sed -i 's,^.*/,{binlog.rsplit('/', 1)[0]}/,' {binlog}.index")
            options += f" --log-bin={binlog}"
        return options

    def client(self) -> str:
        return f"{super().client()} --socket={SOCKETS}/socket"

    def start(self) -> None:
        options = f"--datadir={self.directory} {self.logs()} --user={self.user} --port=0"
        options += f" --skip-networking --socket={SOCKETS}/socket --pid-file={SOCKETS}/pid --log-error={SOCKETS}/log"
        if self.database["engine"] == "mysql":
            options += " --mysqlx=OFF"
        self.machine.succeed(
            f"rm -f {SOCKETS}/log; touch {SOCKETS}/log; chown {self.user} {SOCKETS}/log; systemd-run --quiet --collect --unit=lab-copy --setenv=PATH=\"$PATH\" "
            f"mysqld --defaults-file=/etc/my.cnf {options}"
        )
        wait = f"until {self.as_user(self.client())} <<< 'SELECT 1' >/dev/null 2>&1; do systemctl is-active --quiet lab-copy || exit 1; sleep 0.1; done"
        self.machine.succeed(f"( {wait} ) || {{ journalctl --no-pager --lines=20 --unit=lab-copy; tail -n 20 {SOCKETS}/log; exit 1; }}", timeout=60)

    def stop(self) -> None:
        self.machine.execute("systemctl kill --signal=KILL lab-copy; systemctl stop lab-copy")


class SQLiteCopy(SQLite):
    def __init__(self, engine: Engine, places: dict[str, str]) -> None:
        super().__init__(engine.host, engine.database)
        self.copy = inside(places, f"{self.database['dataDirectory']}/lab.db")

    @property
    def path(self) -> str:
        return self.copy

    def start(self) -> None:
        """Whoever opens it first recovers it."""

    def stop(self) -> None:
        """Nothing runs."""


def copy_of(engine: Engine, places: dict[str, str]) -> Engine:
    """A server on a copy of the directories that are keys of `places`."""
    if isinstance(engine, PostgreSQL):
        return PostgreSQLCopy(engine, places)
    if isinstance(engine, InnoDB):
        return InnoDBCopy(engine, places)
    return SQLiteCopy(engine, places)


@contextlib.contextmanager
def started(copy: Engine) -> Iterator[Engine]:
    """Raises where the copy does not start."""
    copy.machine.succeed(f"rm -rf {SOCKETS}; mkdir {SOCKETS}; chown {copy.user} {SOCKETS}")
    try:
        copy.start()
        yield copy
    finally:
        copy.stop()
