"""Backups by the host's units, under load, to a second disk: the database is deleted and restored from there alone."""

from __future__ import annotations

from backup_innodb import BinlogAfterSnapshot, Dump, MariaDBBackup
from backup_postgresql import BaseBackup, PgBackRest, PgDump
from backup_send import Send
from backup_way import Way
from engines import Engine, engines
from host import Host

WAYS: dict[tuple[str, str], type[Way]] = {
    ("postgresql", "pg_dump"): PgDump,
    ("postgresql", "pg_basebackup"): BaseBackup,
    ("postgresql", "pgbackrest"): PgBackRest,
    ("mariadb", "mysqldump"): Dump,
    ("mariadb", "mariadb-backup"): MariaDBBackup,
    ("mysql", "btrbk-send"): BinlogAfterSnapshot,
    ("sqlite", "btrbk-send"): Send,
}


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        way = way_of(engine)
        if not way.is_remote:
            refuses_without_disk(way)
        way.prepare_disk()
        if way.is_remote:
            with host.subtest("the key opens nothing else"):
                way.prepare_ssh()
        with host.subtest("back up under load, delete everything, restore"):
            way.prove()
        way.check_metric()
        if way.asks_server:
            fails_without_server(way)


def way_of(engine: Engine) -> Way:
    return WAYS[engine.database["engine"], engine.database["backup"]["method"]](engine)


def refuses_without_disk(way: Way) -> None:
    """Neither a disk that is not there nor a directory of the system's own disk is taken for the target."""
    machine = way.machine
    machine.fail(f"systemctl start {way.first_unit}")
    machine.succeed(f"mkdir -p /srv/plain {way.disk}; mount --bind /srv/plain {way.disk}")
    machine.fail(f"systemctl start {way.first_unit}")
    machine.succeed("journalctl --unit='dbtrfs-backup-target-*' | grep -q 'its disk is not mounted'")
    machine.succeed(f"[ -z \"$(ls --almost-all /srv/plain)\" ]; umount {way.disk}")
    way.host.count("refused", 2)


def fails_without_server(way: Way) -> None:
    """A failed run is seen as one, and leaves neither half a backup nor a sign of success."""
    before = way.metric()
    way.engine.stop()
    way.machine.fail(f"systemctl start {way.first_unit}")
    way.machine.succeed(f"systemctl is-failed {way.first_unit}")
    if way.metric() != before:
        raise AssertionError(f"{way.name}: the metric says that a failed run succeeded")
    if not way.is_remote:
        way.machine.fail(f"ls -d {way.target}/.unfinished")
    way.engine.start()
