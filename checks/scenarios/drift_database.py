"""Changes of the server and its settings, and of what is due at its time."""

from __future__ import annotations

from bit_rot import TEXT, unmounted
from blocks import Place, find_text, logical_address, places_of, read_byte, table_file, write_byte
from drift import Drift
from engines import Engine, InnoDB, PostgreSQL, SQLite

METRICS = "/var/lib/dbtrfs/metrics"
PLAN, INSTANCES = "/etc/dbtrfs/plan.json", "/etc/dbtrfs/instances.json"


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


def edit(path: str, program: str) -> str:
    return f"cp {path} {path}.kept; jq '{program}' {path}.kept > {path}"


def dates(engine: Engine) -> dict[str, Drift]:
    name = engine.name
    return (snapshot(engine) if engine.database["snapshots"] else {}) | scrub(engine) | {
        "a drill that failed": drill(name, "dbtrfs_drill_success", "0", "the last drill failed"),
        "an old drill": drill(name, "dbtrfs_drill_timestamp_seconds", "$(date --date='20 days ago' +%s)", "20.0 days ago"),
        "an old backup": backup(name),
    } | log_archive(engine)


def snapshot(engine: Engine) -> dict[str, Drift]:
    folder, name = "/var/lib/dbtrfs/snapshots", engine.name
    # A new name is as good as a new age.
    age = f"cd {folder}; for s in {name}.*; do mv $s {name}.20200101T0000_$((i += 1)); done"
    return {
        "an old snapshot": Drift(
            "snapshots",
            f"{name}: ",
            # btrbk follows, and would thin out what is so old.
            (f"systemctl start dbtrfs-snapshot-{name}.service; sleep 1; systemctl start btrbk-dbtrfs-{name}.service", f"i=0; {age}"),
            (f"systemctl start dbtrfs-snapshot-{name}.service",),
        )
    }


def scrub(engine: Engine) -> dict[str, Drift]:
    mount = engine.database["mountPoint"]
    status = "/var/lib/btrfs/scrub.status.$(findmnt --noheadings --output=UUID " + mount + ")"
    rerun = f"btrfs scrub start -B {mount}"
    return {
        "an old scrub": Drift("scrub", "days ago", (rerun, f"sed -i 's/t_start:[0-9]*/t_start:1600000000/' {status}"), (rerun,)),
    }


def drill(name: str, metric: str, value: str, words: str) -> Drift:
    """Where the host has the drill's timer."""
    file = f"{METRICS}/drill-{name}.prom"
    timer = f"/etc/systemd/system/dbtrfs-drill-{name}.timer"
    keep = "if [ -e {0} ]; then cp {0} {0}.kept; fi"
    back = "if [ -e {0}.kept ]; then mv {0}.kept {0}; else rm {0}; fi"
    write = f"echo '{metric}{{database=\"{name}\"}} '{value} > {file}; [ -e {timer} ] || touch {timer}"
    return Drift("drills", words, (keep.format(file), keep.format(timer), write), (back.format(file), back.format(timer)))


def backup(name: str) -> Drift:
    """As if the configuration had a backup, where it has none."""
    file = f"{METRICS}/backup-{name}.prom"
    with_backup = (
        edit(INSTANCES, f'.instances["{name}"].backup = {{"method": "dump", "pointInTime": false}}'),
        edit(PLAN, f'(.databases[] | select(.name == "{name}")).backup = {{"recoveryPointObjective": "1h"}}'),
    )
    write = f"echo 'dbtrfs_backup_timestamp_seconds{{database=\"{name}\"}} '$(date --date='9 days ago' +%s) > {file}"
    undo = f"mv {INSTANCES}.kept {INSTANCES}; mv {PLAN}.kept {PLAN}; rm {file}"
    return Drift("backups", "9.0 days ago", (*with_backup, write), (undo,))


def log_archive(engine: Engine) -> dict[str, Drift]:
    """As if the configuration had the log archived, and the target takes nothing."""
    if isinstance(engine, PostgreSQL):
        return {"a log that cannot be archived": refused_wal(engine)}
    if isinstance(engine, InnoDB):
        return {"a binary log that is no longer copied": old_binlog(engine.name)}
    return {}


def refused_wal(engine: Engine) -> Drift:
    configure = edit(INSTANCES, f'.instances["{engine.name}"].backup = {{"method": "litestream", "walCommand": "false"}}')
    archive = engine.as_user(f"{engine.client()} --command=\"ALTER SYSTEM SET archive_mode = on\" --command=\"ALTER SYSTEM SET archive_command = 'false'\"")
    switch = engine.as_user(f"{engine.client()} --command='CREATE TABLE archived (n int)' --command='SELECT pg_switch_wal()'")
    failed = engine.as_user(f"{engine.client()} --command='SELECT failed_count FROM pg_stat_archiver'")
    wait = f"until [ $({failed}) -gt 0 ]; do sleep 0.2; done"
    restart = "systemctl reset-failed postgresql; systemctl restart postgresql"
    undo = engine.as_user(f"{engine.client()} --command='DROP TABLE archived' --command='ALTER SYSTEM RESET archive_mode' --command='ALTER SYSTEM RESET archive_command'")
    return Drift(
        "log-archive",
        "could not be archived",
        (configure, archive, restart, switch, wait),
        (undo, restart, f"mv {INSTANCES}.kept {INSTANCES}"),
    )


def old_binlog(name: str) -> Drift:
    file = f"{METRICS}/binlog-{name}.prom"
    with_binlog = (
        edit(INSTANCES, f'.instances["{name}"].backup = {{"method": "litestream", "binlogDirectory": "/nowhere"}}'),
        edit(PLAN, f'(.databases[] | select(.name == "{name}")).backup = {{"recoveryPointObjective": "5min"}}'),
    )
    write = f"echo 'dbtrfs_binlog_timestamp_seconds{{database=\"{name}\"}} '$(date --date='3 hours ago' +%s) > {file}"
    undo = f"mv {INSTANCES}.kept {INSTANCES}; mv {PLAN}.kept {PLAN}; rm {file}"
    return Drift("log-archive", "3.0 hours ago", (*with_binlog, write), (undo,))


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
