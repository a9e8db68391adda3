"""Every disk of the host is lost but the one with its backups: a new installation is filled from there, by the runbooks."""

from __future__ import annotations

import time
from collections.abc import Callable

from backup import way_of
from backup_innodb import InnoDBWay
from backup_postgresql import PgBackRest
from backup_way import Way
from engines import Engine, engines
from host import Host
from recovery import Data
from restored import take_snapshot
from runbook import followed


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        lose(host, engine)


def lose(host: Host, engine: Engine) -> None:
    way = way_of(engine)
    way.prepare_disk()
    data = Data(host, engine)
    data.commit_for(1)
    METHODS[engine.database["backup"]["method"]](way, data)
    host.reinstall()
    host.wait_until_up()
    with followed(host, "recover-host-lost") as lost, followed(host, f"restore-{engine.name}-backup") as restore:
        lost.done(f"target-{engine.name}")
        for block in [block["id"] for block in restore.left]:
            restore.done(block)
        lost.done("verify")
    data.must_be_whole()


def full_and_incremental(way: Way, data: Data) -> None:
    way.run_unit(way.first_unit)
    data.commit_for(1)
    way.run_unit(way.first_unit.replace("-full", "-incremental"))


def with_log(way: Way, data: Data) -> None:
    full_and_incremental(way, data)
    data.commit_for(1)
    ship_log(way)


def ship_log(way: Way) -> None:
    if isinstance(way, PgBackRest):
        way.archive_all()
    elif isinstance(way, InnoDBWay):
        way.copy_binlog()


def full(way: Way, data: Data) -> None:
    way.run_unit(way.first_unit)


def sent(way: Way, data: Data) -> None:
    take_snapshot(way.engine)
    received = f"ls -d {way.target}/{way.name}.2* && [ $(systemctl is-active btrbk-dbtrfs-{way.name}) = inactive ]"
    way.machine.wait_until_succeeds(received, timeout=60)
    way.host.count("backups")
    if isinstance(way, InnoDBWay):
        time.sleep(1)
        data.commit_for(1)
        ship_log(way)


METHODS: dict[str, Callable[[Way, Data], None]] = {
    "pg_dump": full,
    "pg_basebackup": full_and_incremental,
    "pgbackrest": with_log,
    "mysqldump": full,
    "mariadb-backup": with_log,
    "btrbk-send": sent,
}
