"""dbtrfs-clone in the guest, asked by accounts without rights, and a clone as one more engine."""

from __future__ import annotations

import json
from typing import Any

from engines import Engine, InnoDB, PostgreSQL, SQLite
from ledger import Ledger

GROUP = "dbtrfs-clones"
MEMBER, OTHER_MEMBER, OUTSIDER = "dev", "dev2", "outsider"
CLONES = "/var/lib/dbtrfs/snapshots/clones"
METRICS = "/var/lib/dbtrfs/metrics"
KEEP = "dbtrfs-clones-keep.service"


def make_accounts(engine: Engine) -> None:
    """Anew after each start: what the guest keeps lies on its disks."""
    for name in (MEMBER, OTHER_MEMBER):
        engine.machine.succeed(f"id {name} 2>/dev/null || useradd --groups {GROUP} {name}")
    engine.machine.succeed(f"id {OUTSIDER} 2>/dev/null || useradd {OUTSIDER}")


def command(options: str, account: str = MEMBER) -> str:
    return f"runuser -u {account} -- dbtrfs-clone {options}"


def ask(engine: Engine, options: str, account: str = MEMBER) -> Any:
    return json.loads(engine.machine.succeed(f"{command(options, account)} --json"))


def refused(engine: Engine, status: int, options: str, account: str = MEMBER) -> str:
    """With this exit status; what was said."""
    found, said = engine.machine.execute(f"{command(options, account)} 2>&1")
    if found != status:
        raise AssertionError(f"dbtrfs-clone {options} by {account}: exit status {found}, expected {status}: {said}")
    return said


def clones(engine: Engine) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(engine, "list")
    return found


def keep(engine: Engine) -> None:
    engine.machine.succeed(f"systemctl start {KEEP}")


class PostgreSQLClone(PostgreSQL):
    def __init__(self, engine: Engine, facts: dict[str, Any]) -> None:
        super().__init__(engine.host, engine.database)
        self.facts = facts

    def client(self) -> str:
        return f"{super().client()} --host={self.facts['socket']} --port={self.facts['port']}"


class InnoDBClone(InnoDB):
    def __init__(self, engine: Engine, facts: dict[str, Any]) -> None:
        super().__init__(engine.host, engine.database)
        self.facts = facts

    def client(self) -> str:
        return f"{super().client()} --socket={self.facts['socket']}/socket"

    def checkpoint(self) -> None:
        self.sql("SET GLOBAL innodb_max_dirty_pages_pct = 0; SELECT SLEEP(3); SET GLOBAL innodb_max_dirty_pages_pct = 90;")


class SQLiteClone(SQLite):
    """Whoever asked for it works with its files."""

    def __init__(self, engine: Engine, facts: dict[str, Any]) -> None:
        super().__init__(engine.host, engine.database)
        self.facts = facts
        self.user = MEMBER

    @property
    def path(self) -> str:
        return f"{self.facts['path']}/lab.db"


def clone_of(engine: Engine, facts: dict[str, Any]) -> Engine:
    if isinstance(engine, PostgreSQL):
        return PostgreSQLClone(engine, facts)
    if isinstance(engine, InnoDB):
        return InnoDBClone(engine, facts)
    return SQLiteClone(engine, facts)


def must_have_all(clone: Engine, channel: str, reported: list[str]) -> None:
    """What was acknowledged before the snapshot."""
    verdict = Ledger(clone, channel).judge(reported)
    if verdict.missing:
        raise AssertionError(f"{clone.name}: {verdict.missing} acknowledged transactions are missing in the clone")


def nothing_left(engine: Engine, name: str) -> None:
    """No files, no unit, no socket, no port."""
    engine.machine.succeed("sync")
    left = engine.machine.succeed(
        f"ls -d {CLONES}/{name} /run/dbtrfs-clone/{name} 2>/dev/null || true; "
        f"btrfs subvolume list {CLONES} | grep '/clones/{name}/' || true; "
        f"systemctl list-units --all --no-legend --state=active,activating,deactivating,failed 'dbtrfs-clone-*@{name}.service'"
    ).strip()
    if left:
        raise AssertionError(f"{engine.name}: of the clone {name} there is left: {left}")
