"""A server that does not start: first the guard refuses the storage, then its files are damaged. The runbook sees both, and
brings the database back."""

from __future__ import annotations

from archive import archive_to_own_disk
from engines import Engine, InnoDB, PostgreSQL, engines
from host import Host
from recovery import Data
from restored import take_snapshot
from runbook import followed


def run(host: Host) -> None:
    host.wait_until_up()
    archive_to_own_disk(host)
    for engine in engines(host):
        bring_up(host, engine)


def bring_up(host: Host, engine: Engine) -> None:
    machine, name, mount = engine.machine, engine.name, engine.database["mountPoint"]
    units = " ".join(engine.database["units"])
    data = Data(host, engine)
    data.commit_for(1)
    with followed(host, "recover-will-not-start") as reader:
        engine.stop()
        machine.succeed(f"mount -o remount,nodatacow {mount}")
        machine.fail(f"systemctl start {units}")
        if "found mounted with nodatacow, planned checksums" not in reader.done(f"look-{name}"):
            raise AssertionError(f"{name}: what is looked at does not tell the reason")
        # As the message says.
        machine.succeed(f"mount -o remount,datacow,datasum {mount}")
        reader.done(f"start-{name}")
        if engine.database["engine"] == "mysql":
            data.commit_for(1)
            tear_page(engine)
            reader.done(f"page-{name}")
        leads_on = "--until" in reader.left[-1]["commands"]
        take_snapshot(engine)
        if leads_on:
            data.commit_for(1)
        damage(engine)
        reader.done(f"list-{name}")
        reader.done(f"in-place-{name}")
    data.must_be_whole()


def tear_page(engine: Engine) -> None:
    """The page of the transaction system as a power cut leaves it: in the doublewrite file whole, in its place half written.
    By hand, since the server writes that page rarely, and other pages soon take its slot in the file."""
    directory, units = engine.database["dataDirectory"], " ".join(engine.database["units"])
    engine.machine.succeed(f"systemctl kill --signal=KILL {units}")
    engine.stop()
    dd = "dd conv=notrunc,fsync status=none"
    engine.machine.succeed(
        f"cd {directory} && {dd} if=ibdata1 of='#ib_16384_0.dblwr' bs=16K skip=5 count=1"
        f" && {dd} if=/dev/zero of=ibdata1 bs=8K seek=11 count=1"
    )
    engine.machine.fail(f"systemctl start {units}")
    engine.machine.succeed(f"journalctl --no-pager --unit={units} | grep 'space=0, page number=5'")
    engine.host.count("torn")


def damage(engine: Engine) -> None:
    """What no recovery of the server's own mends; of SQLite the application refuses the file."""
    directory = engine.database["dataDirectory"]
    files = {PostgreSQL: "global/pg_control", InnoDB: "ibdata1"}
    file = next((path for kind, path in files.items() if isinstance(engine, kind)), "lab.db")
    engine.stop()
    engine.machine.succeed(f"dd if=/dev/zero of={directory}/{file} bs=4K count=16 conv=notrunc,fsync status=none")
    start = f"systemctl start {' '.join(engine.database['units'])}"
    if isinstance(engine, PostgreSQL | InnoDB):
        engine.machine.fail(start)
    else:
        engine.machine.execute(start)
        engine.machine.fail(f"{engine.as_user(engine.client())} <<< 'SELECT count(*) FROM words;'")
    engine.host.count("damaged")
