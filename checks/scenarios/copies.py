"""A second server on a copy of a database: what a snapshot is worth."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from engines import Engine, InnoDB, PostgreSQL, SQLite

SOCKETS = "/run/lab-copy"


def inside(engine: Engine, root: str, path: str) -> str:
    """Where a path below the mount point lies in a copy of its subvolume."""
    return root + path.removeprefix(engine.database["mountPoint"])


class PostgreSQLCopy(PostgreSQL):
    def __init__(self, engine: Engine, root: str) -> None:
        super().__init__(engine.host, engine.database)
        self.directory = inside(engine, root, self.database["dataDirectory"])

    def client(self) -> str:
        return f"{super().client()} --host={SOCKETS} --port=6000"

    def start(self) -> None:
        self.machine.succeed(f"rm -f {self.directory}/postmaster.pid")
        server = f"-c port=6000 -c listen_addresses= -c unix_socket_directories={SOCKETS}"
        command = f"pg_ctl start --silent --wait --pgdata={self.directory} --log={SOCKETS}/log --options='{server}'"
        self.machine.succeed(f"{self.as_user(command)} || {{ tail -n 20 {SOCKETS}/log; exit 1; }}")

    def stop(self) -> None:
        self.machine.execute(self.as_user(f"pg_ctl stop --silent --mode=immediate --pgdata={self.directory}"))

    def check(self) -> None:
        self.sql("CREATE EXTENSION IF NOT EXISTS amcheck;")
        connection = f"--host={SOCKETS} --port=6000"
        self.machine.succeed(self.as_user(f"pg_amcheck --all --heapallindexed {connection} 2>&1"))
        self.machine.succeed(self.as_user(f"pg_ctl stop --silent --pgdata={self.directory}"))
        self.machine.succeed(self.as_user(f"pg_checksums --check --pgdata={self.directory} 2>&1"))


class InnoDBCopy(InnoDB):
    def __init__(self, engine: Engine, root: str, log: str | None) -> None:
        super().__init__(engine.host, engine.database)
        self.directory = inside(engine, root, self.database["dataDirectory"])
        redo = [d["path"] for d in self.database["directories"] if d["component"] == "log"]
        # The redo log is where it was in the subvolume, or where a fence copied it to.
        self.log = log or (inside(engine, root, redo[0]) if redo else self.directory)

    def client(self) -> str:
        return f"{super().client()} --socket={SOCKETS}/socket"

    def start(self) -> None:
        options = f"--datadir={self.directory} --innodb-log-group-home-dir={self.log} --user={self.user} --port=0"
        options += f" --skip-networking --socket={SOCKETS}/socket --pid-file={SOCKETS}/pid --log-error={SOCKETS}/log"
        if self.database["engine"] == "mysql":
            options += " --mysqlx=OFF"
        self.machine.succeed(
            f"rm -f {SOCKETS}/log; systemd-run --quiet --collect --unit=lab-copy --setenv=PATH=\"$PATH\" "
            f"mysqld --defaults-file=/etc/my.cnf {options}"
        )
        wait = f"until {self.as_user(self.client())} <<< 'SELECT 1' >/dev/null 2>&1; do systemctl is-active --quiet lab-copy || exit 1; sleep 0.1; done"
        self.machine.succeed(f"( {wait} ) || {{ tail -n 20 {SOCKETS}/log; exit 1; }}", timeout=60)

    def stop(self) -> None:
        self.machine.execute("systemctl kill --signal=KILL lab-copy; systemctl stop lab-copy")


class SQLiteCopy(SQLite):
    def __init__(self, engine: Engine, root: str) -> None:
        super().__init__(engine.host, engine.database)
        self.copy = inside(engine, root, f"{self.database['dataDirectory']}/lab.db")

    @property
    def path(self) -> str:
        return self.copy

    def start(self) -> None:
        """Whoever opens it first recovers it."""

    def stop(self) -> None:
        """Nothing runs."""


def copy_of(engine: Engine, root: str, log: str | None = None) -> Engine:
    if isinstance(engine, PostgreSQL):
        return PostgreSQLCopy(engine, root)
    if isinstance(engine, InnoDB):
        return InnoDBCopy(engine, root, log)
    return SQLiteCopy(engine, root)


@contextlib.contextmanager
def started(copy: Engine) -> Iterator[Engine]:
    """Raises where the copy does not start."""
    copy.machine.succeed(f"mkdir -p {SOCKETS}; chown {copy.user} {SOCKETS}")
    try:
        copy.start()
        yield copy
    finally:
        copy.stop()
