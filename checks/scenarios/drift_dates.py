"""Changes of what is due at its time: snapshots, scrubs, drills, backups, and the log between these."""

from __future__ import annotations

from archive import archive_takes_all
from drift import INSTANCES, PLAN, Drift, edit
from engines import Engine, InnoDB, PostgreSQL

METRICS = "/var/lib/dbtrfs/metrics"


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
        (undo, restart, f"mv {INSTANCES}.kept {INSTANCES}", lambda: archive_takes_all(engine.host)),
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
