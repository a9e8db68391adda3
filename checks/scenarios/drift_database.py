"""Changes of the server, its settings and its files."""

from __future__ import annotations

from bit_rot import TEXT, unmounted
from blocks import Place, find_text, logical_address, places_of, read_byte, table_file, write_byte
from drift import PLAN, Drift, edit
from drift_dates import dates
from engines import Engine, PostgreSQL, SQLite


def of_database(engine: Engine) -> dict[str, Drift]:
    found = settings(engine) | dates(engine) | another_plan(engine)
    if not isinstance(engine, SQLite):
        found |= server(engine)
    layout = engine.database["layout"]
    # A log mounted below the data is in the way of taking the filesystem off.
    if layout["data"] == "cow" and layout["log"] != "own-filesystem":
        found |= bad_block(engine)
    return found


def settings(engine: Engine) -> dict[str, Drift]:
    if isinstance(engine, PostgreSQL):
        return {
            "ALTER SYSTEM": Drift(
                "settings",
                "full_page_writes: off",
                (lambda: engine.sql("ALTER SYSTEM SET full_page_writes = off;"), lambda: reload(engine)),
                (lambda: engine.sql("ALTER SYSTEM RESET full_page_writes;"), lambda: reload(engine)),
            )
        }
    if isinstance(engine, SQLite):
        # The application has the file open: a database of another one, then.
        path = f"{engine.database['dataDirectory']}/drift.db"
        make = f"sqlite3 {path} 'PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; CREATE TABLE t (x);'"
        return {"a database with other pages": Drift("settings", f"{path}, page_size: 8192", (make,), (f"rm {path}",))}
    return {
        "SET GLOBAL": Drift(
            "settings",
            "innodb_flush_log_at_trx_commit: 2",
            (lambda: engine.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 2;"),),
            (lambda: engine.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 1;"),),
        )
    }


def reload(engine: Engine) -> None:
    engine.sql("SELECT pg_reload_conf();")
    # The signal is on its way.
    engine.machine.succeed("sleep 1")


def server(engine: Engine) -> dict[str, Drift]:
    found = {"stopped": Drift("server", "could not be read", (engine.stop,), (engine.start,))}
    if isinstance(engine, PostgreSQL) and engine.database["layout"]["data"] == "cow":
        # With NOCOW data the guard does not let it start.
        change = engine.as_user("pg_checksums --{} --pgdata=" + engine.database["dataDirectory"])
        found["page checksums off"] = Drift(
            "page-checksums",
            "data_checksums = off",
            (engine.stop, change.format("disable"), engine.start),
            (engine.stop, change.format("enable"), engine.start),
        )
    elif engine.database["engine"] == "mysql":
        found["page checksums off"] = Drift(
            "page-checksums",
            "innodb_checksum_algorithm = none",
            (lambda: engine.sql("SET GLOBAL innodb_checksum_algorithm = none;"),),
            (lambda: engine.sql("SET GLOBAL innodb_checksum_algorithm = crc32;"),),
        )
    return found


def another_plan(engine: Engine) -> dict[str, Drift]:
    """What cannot be changed on a running host differs as well where the plan is another one."""
    database = f'(.databases[] | select(.name == "{engine.name}"))'
    found = {
        "another nodesize": planned("format", "nodesize ", ".filesystems[].nodesize = 8192"),
        "another checksum": planned("format", "checksum ", '.filesystems[].checksum = "sha256"'),
        "a device less": planned("devices", " devices", '.filesystems[].devices += ["/dev/disk/by-id/another"]'),
        "a database more": planned("instances", "other: ", f'.databases += [{database} | .name = "other"]'),
    }
    if not isinstance(engine, SQLite):
        found["another version"] = planned("version", f"{engine.name}: ", f'{database}.version = "7.5"')
    return found


def planned(check: str, words: str, program: str) -> Drift:
    return Drift(check, words, (edit(PLAN, program),), (f"mv {PLAN}.kept {PLAN}",))


def bad_block(engine: Engine) -> dict[str, Drift]:
    """A bit of a table, changed on the disk and then read."""
    mount = engine.database["mountPoint"]
    reset, scrubbed = f"btrfs device stats --reset {mount}", f"btrfs scrub start -B {mount}"
    rotten = Rotten(engine)
    read = f"cat {table_file(engine)} > /dev/null || true"
    if engine.host.plan["redundancy"] != "none":
        # A reader may be given the good copy. A scrub reads both and repairs; the next one has nothing to say.
        read = f"{scrubbed} || true; {scrubbed}"
    return {
        "a bad block": Drift(
            "device-errors", "corruption_errs", (rotten.rot, read, engine.start), (engine.stop, rotten.mend, reset, engine.start)
        ),
        "a bad block that a scrub found": Drift(
            "scrub",
            "csum_errors",
            (rotten.rot, f"{scrubbed} || true", reset, engine.start),
            (engine.stop, rotten.mend, reset, scrubbed, engine.start),
        ),
    }


class Rotten:
    """A block that can be made good again."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.kept: list[tuple[Place, int]] = []

    def rot(self) -> None:
        path = table_file(self.engine)
        self.engine.stop()
        logical = logical_address(self.engine, path, find_text(self.engine, path, TEXT)[0] + 1)
        with unmounted(self.engine) as device:
            place = places_of(self.engine, device, logical)[0]
            self.kept.append((place, read_byte(self.engine, place)))
            write_byte(self.engine, place, self.kept[-1][1] ^ 1)

    def mend(self) -> None:
        place, was = self.kept.pop()
        with unmounted(self.engine):
            write_byte(self.engine, place, was)
