"""dbtrfs-restore in the guest, and what it must have left."""

from __future__ import annotations

import json
from typing import Any

from compare import compare_directory
from engines import Engine, SQLite
from host import Host
from ledger import Ledger
from snapshot import problem_of
from snapshot_ways import COPY, Taken, forget


def restore(engine: Engine, options: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(engine.machine.succeed(f"dbtrfs-restore {engine.name} {options} --json"))
    return result


def expect_status(engine: Engine, status: int, options: str) -> None:
    found, _ = engine.machine.execute(f"dbtrfs-restore {engine.name} {options} 2>&1")
    if found != status:
        raise AssertionError(f"dbtrfs-restore {options}: exit status {found}, expected {status}")


def take_snapshot(engine: Engine) -> str:
    """Its name."""
    engine.machine.succeed(f"systemctl start dbtrfs-snapshot-{engine.name}.service")
    listed = json.loads(engine.machine.succeed(f"dbtrfs-restore {engine.name} --list --json"))
    return str([s["name"] for s in listed if not s["beforeRestore"]][-1])


def must_be_sound(engine: Engine, copy: str, reported: list[str]) -> None:
    """A copy of the database starts, is clean, and has all that was reported."""
    problem = problem_of(engine, Taken(0, {engine.database["mountPoint"]: copy}), reported)
    if problem:
        raise AssertionError(f"{engine.name}: {copy}: {problem}")


def snapshot_must_be_sound(engine: Engine, snapshot: str, reported: list[str]) -> None:
    engine.machine.succeed(f"btrfs --quiet subvolume snapshot {snapshot} {COPY}")
    must_be_sound(engine, COPY, reported)
    forget(engine)


def flags_must_be_planned(host: Host, engine: Engine, copy: str) -> None:
    mount = engine.database["mountPoint"]

    def moved(directory: dict[str, Any]) -> dict[str, Any]:
        return directory | {"path": copy + directory["path"].removeprefix(mount)}

    directories = [moved(d) for d in engine.database["directories"]]
    database = engine.database | {"directories": directories}
    found = [line for d in directories if d["filesystem"] == "btrfs" for line in compare_directory(host, database, d)]
    if found:
        raise AssertionError("the copy is not as planned:\n" + "\n".join(found))


def mark_later(engine: Engine) -> None:
    """What only the state after the snapshot has."""
    engine.sql("CREATE TABLE later (id INT PRIMARY KEY); INSERT INTO later VALUES (1);")


def has_later(engine: Engine) -> bool:
    if isinstance(engine, SQLite):
        return engine.sql("SELECT count(*) FROM sqlite_master WHERE name = 'later';") == "1"
    return engine.sql("SELECT count(*) FROM information_schema.tables WHERE table_name = 'later';") == "1"


def must_go_on(ledger: Ledger) -> None:
    """The database takes transactions."""
    before = ledger.engine.sql("SELECT count(*) FROM ledger;")
    ledger.start()
    ledger.engine.machine.succeed("sleep 1")
    ledger.stop()
    if int(ledger.engine.sql("SELECT count(*) FROM ledger;")) <= int(before):
        raise AssertionError(f"{ledger.engine.name}: no transaction since the restore")


def nothing_left(engine: Engine) -> None:
    mounts = {d["path"] for d in engine.database["directories"]}
    left = engine.machine.succeed(f"ls -d {' '.join(f'{m}/.dbtrfs' for m in sorted(mounts))} /run/dbtrfs/*.server 2>/dev/null || true")
    if left.strip():
        raise AssertionError(f"{engine.name}: left behind: {left.strip()}")
