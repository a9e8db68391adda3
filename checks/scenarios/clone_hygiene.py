"""What the original does to others, and its clone does not."""

from __future__ import annotations

from typing import Any

from engines import Engine, InnoDB, PostgreSQL, SQLite


def prepare_original(engine: Engine) -> None:
    """Something to be left out: slots, a subscription, events, an identity."""
    if isinstance(engine, PostgreSQL):
        engine.sql("SELECT pg_create_physical_replication_slot('standby', true);")
        engine.sql(
            "CREATE SUBSCRIPTION elsewhere CONNECTION 'host=192.0.2.1 dbname=x' PUBLICATION p"
            " WITH (connect = false, slot_name = NONE, enabled = false, create_slot = false);"
        )
    elif isinstance(engine, InnoDB):
        engine.sql("SET GLOBAL event_scheduler = ON;")


def see_hygiene(engine: Engine, clone: Engine, facts: dict[str, Any]) -> None:
    if isinstance(engine, SQLite):
        engine.machine.succeed(f"test $(stat --format=%U {facts['path']}/lab.db) = {clone.user}")
        return
    found = see_postgresql(clone) if isinstance(engine, PostgreSQL) else see_innodb(engine, clone, facts)
    if found:
        raise AssertionError(f"{clone.name}: the clone is not cut off: {found}")
    see_files(engine, facts)


def see_postgresql(clone: Engine) -> list[str]:
    wanted = {
        "SHOW archive_mode;": "off",
        "SHOW max_wal_senders;": "0",
        "SHOW max_logical_replication_workers;": "0",
        "SHOW synchronous_standby_names;": "",
        "SHOW listen_addresses;": "127.0.0.1",
        "SELECT count(*) FROM pg_replication_slots;": "0",
        "SELECT pg_is_in_recovery();": "f",
    }
    return [f"{query} {answer}" for query, want in wanted.items() if (answer := clone.sql(query)) != want]


def see_innodb(engine: Engine, clone: Engine, facts: dict[str, Any]) -> list[str]:
    found = []
    for variable, want in (("event_scheduler", "OFF"), ("port", str(facts["port"])), ("bind_address", "127.0.0.1")):
        answer = clone.sql(f"SELECT @@GLOBAL.{variable};")
        found += [] if answer == want else [f"{variable} is {answer}"]
    for variable in ("server_id", *(("server_uuid",) if engine.database["engine"] == "mysql" else ())):
        query = f"SELECT @@GLOBAL.{variable};"
        found += [f"{variable} is the original's"] if clone.sql(query) == engine.sql(query) else []
    return found


def see_files(engine: Engine, facts: dict[str, Any]) -> None:
    """In the server's view the clone is where the original is, and the snapshots and the original's socket are nowhere."""
    mount = engine.database["mountPoint"]
    engine.machine.succeed(
        f"pid=$(systemctl show --property=MainPID --value {facts['unit']}); "
        f"inside=/proc/$pid/root; "
        f"test $(stat --format=%d $inside{mount}) = $(stat --format=%d {facts['path']}); "
        f"test $(stat --format=%d $inside{mount}) != $(stat --format=%d {mount}); "
        f"ls $inside/var/lib/dbtrfs/snapshots | grep -qx clones; "
        f"test $(ls $inside/var/lib/dbtrfs/snapshots | wc -l) = 1"
    )
