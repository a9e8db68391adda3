"""The archive of PostgreSQL's log. A target that is another machine, which this test does not have, is replaced by one
that takes everything; a disk of the host's own is put in."""

from __future__ import annotations

import json

from backup_postgresql import PgBackRest
from engines import PostgreSQL, engines
from host import Host


def archive_takes_all(host: Host) -> None:
    for engine in _archived(host):
        _take_all(engine)


def archive_to_own_disk(host: Host) -> None:
    """Where it goes to a path: with its first backup, as the day after an installation."""
    for engine in _archived(host):
        way = PgBackRest(engine)
        if not way.is_remote:
            way.prepare_disk()
            way.run_unit(way.first_unit)


def _archived(host: Host) -> list[PostgreSQL]:
    instances = json.loads(host.machine.succeed("cat /etc/dbtrfs/instances.json"))["instances"]
    backups = {name: instance["backup"] or {} for name, instance in instances.items()}
    return [e for e in engines(host) if isinstance(e, PostgreSQL) and backups[e.name].get("walCommand") is not None]


def _take_all(engine: PostgreSQL) -> None:
    engine.sql("ALTER SYSTEM SET archive_command = 'true'; SELECT pg_reload_conf();")
    # What was refused before is tried again with the next segment.
    engine.sql("SELECT pg_logical_emit_message(true, 'lab', 'a segment to archive'); SELECT pg_switch_wal();")
    archived = "SELECT last_archived_time > coalesce(last_failed_time, '-infinity') FROM pg_stat_archiver"
    command = engine.as_user(f'{engine.client()} --command="{archived}"')
    engine.machine.wait_until_succeeds(f"{command} | grep -qx t", timeout=120)
