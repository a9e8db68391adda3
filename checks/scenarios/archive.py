"""The archive of a log whose target is another machine, or a disk, that this test does not have: it takes everything.
(The backup scenario has real ones.)"""

from __future__ import annotations

import json

from engines import PostgreSQL, engines
from host import Host


def archive_takes_all(host: Host) -> None:
    instances = json.loads(host.machine.succeed("cat /etc/dbtrfs/instances.json"))["instances"]
    for engine in engines(host):
        backup = instances[engine.name]["backup"]
        if isinstance(engine, PostgreSQL) and backup is not None and backup["walCommand"] is not None:
            _take_all(engine)


def _take_all(engine: PostgreSQL) -> None:
    engine.sql("ALTER SYSTEM SET archive_command = 'true'; SELECT pg_reload_conf();")
    # What was refused before is tried again with the next segment.
    engine.sql("SELECT pg_logical_emit_message(true, 'lab', 'a segment to archive'); SELECT pg_switch_wal();")
    archived = "SELECT last_archived_time > coalesce(last_failed_time, '-infinity') FROM pg_stat_archiver"
    command = engine.as_user(f'{engine.client()} --command="{archived}"')
    engine.machine.wait_until_succeeds(f"{command} | grep -qx t", timeout=120)
