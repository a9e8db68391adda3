"""A filesystem that runs full of data, then of metadata until Btrfs goes read-only; a snapshot holds what can go. The
runbook frees it, and nothing acknowledged is lost."""

from __future__ import annotations

from archive import archive_to_own_disk
from engines import Engine, engines
from full_disk import SECONDS, fill_data, fill_metadata, filler_folder
from host import Host
from recovery import Data, label_of
from restored import take_snapshot
from runbook import followed

SPARE = {"/dev/disk/by-id/SPARE": "/dev/disk/by-id/SPARE1"}
# Written by nobody, so that a server which stops has no part in it.
HELD_MIB = 800


def run(host: Host) -> None:
    host.wait_until_up()
    archive_to_own_disk(host)
    for engine in engines(host):
        fill_up(host, engine)


def fill_up(host: Host, engine: Engine) -> None:
    machine, label = engine.machine, label_of(host, engine)
    data = Data(host, engine)
    folder = filler_folder(engine)
    with followed(host, "recover-full") as reader:
        hold(engine, f"fallocate --length={HELD_MIB}M {folder}/held")
        data.ledger.start()
        fill_data(machine, folder)
        until_stopped(data)
        reader.done(f"look-{label}")
        reader.done(f"free-{label}")
        reader.done(f"start-{label}")
        host.wait_until_up()
        host.count("data")

        small = "head -c 90M /dev/zero | split --bytes=1500 --suffix-length=7 - small"
        hold(engine, f"mkdir {folder}/held && cd {folder}/held && {small}")
        data.ledger.start()
        fill_metadata(machine, folder)
        until_stopped(data)
        read_only = machine.execute(f"touch {folder}/writable")[0] != 0
        host.count("readOnly" if read_only else "metadataFull")
        machine.crash()
        host.start_without(engine.database["units"])
        reader.done(f"free-forced-{label}", replace=SPARE)
        host.reboot()
        host.wait_until_up()
        host.count("metadata")
        reader.done(f"give-back-{label}")
    data.must_be_whole()


def hold(engine: Engine, make: str) -> None:
    """Made, and deleted again: only a snapshot has it."""
    folder = filler_folder(engine)
    engine.machine.succeed(f"({make}); sync -f {folder}")
    take_snapshot(engine)
    engine.machine.succeed(f"rm -rf {folder}/held; sync -f {folder}")


def until_stopped(data: Data) -> None:
    """A client ends with the first error that it is given; some servers keep it waiting instead."""
    data.engine.machine.execute(f"for i in $(seq {SECONDS}); do systemctl is-active --quiet 'ledger-*' || break; sleep 1; done")
    data.settle()
