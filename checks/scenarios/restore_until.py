"""A point in time: what was committed before it is there, and nothing that came after it."""

from __future__ import annotations

import json
import shlex
import time

from archive import archive_to_own_disk
from engines import Engine, PostgreSQL, engines
from host import Host
from layout import fill
from ledger import Ledger
from restored import expect_status, has_later, mark_later, must_be_sound, must_go_on, nothing_left, restore, take_snapshot
from snapshot_ways import mount_top

ARCHIVE = "/var/lib/lab-archive"
KEYS = "/root/lab-archive.env"


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        mount_top(engine)
        fill(engine, host.channel)
        if isinstance(engine, PostgreSQL):
            provide_archive(engine)
        ledger = Ledger(engine, host.channel)
        ledger.start()
        time.sleep(1)
        snapshot = take_snapshot(engine)
        # The moment: seconds apart from what comes before and after, for the binary log knows no finer time.
        time.sleep(1)
        ledger.stop()
        reported, books = host.reported(), count(engine)
        moment = engine.machine.succeed("sleep 1.5; date --iso-8601=seconds; sleep 1.5").strip()
        mark_later(engine)
        ledger.start()
        time.sleep(1)
        with host.subtest("beside"):
            beside(engine, moment, reported)
        with host.subtest("in place"):
            ledger.stop()
            in_place(host, engine, ledger, moment, reported, books)
        if isinstance(engine, PostgreSQL):
            with host.subtest("the archive goes on, after a second restore of the same snapshot too"):
                archive_goes_on(engine, timeline=2)
                restore(engine, f"--at {snapshot} --in-place --yes")
                archive_goes_on(engine, timeline=3)


def count(engine: Engine) -> str:
    return engine.sql("SELECT count(*) FROM ledger;")


def beside(engine: Engine, moment: str, reported: list[str]) -> None:
    result = restore(engine, f"--until {moment}")
    must_be_sound(engine, result["at"], reported)
    engine.machine.succeed(result["remove"])


def in_place(host: Host, engine: Engine, ledger: Ledger, moment: str, reported: list[str], books: str) -> None:
    restore(engine, f"--until {moment} --in-place --yes")
    verdict = ledger.judge(reported)
    host.counts["acknowledged"], host.counts["missing"] = verdict.acknowledged, verdict.missing
    if verdict.missing or has_later(engine) or count(engine) != books:
        raise AssertionError(f"{engine.name}: {verdict}, later: {has_later(engine)}, {count(engine)} of {books} rows")
    engine.check()
    must_go_on(ledger)
    nothing_left(engine)


def provide_archive(engine: PostgreSQL) -> None:
    if engine.database["backup"] is None:
        refuse_without_archive(engine)
        archive_wal(engine)
    else:
        archive_to_own_disk(engine.host)


def refuse_without_archive(engine: Engine) -> None:
    take_snapshot(engine)
    engine.machine.succeed("sleep 1.5")
    expect_status(engine, 3, "--until \"$(date --iso-8601=seconds)\"")


def archive_wal(engine: Engine) -> None:
    get = 'cp "$PGBACKREST_LAB"/%f "%p"'
    facts = json.dumps({"method": "lab", "walCommand": get, "environmentFile": KEYS})
    backup = f'.instances["{engine.name}"].backup = {facts}'
    engine.machine.succeed(
        # Quoted as systemd reads it, and readable by root alone.
        f"install --mode=0600 /dev/null {KEYS}; echo 'PGBACKREST_LAB=\"{ARCHIVE}\"' > {KEYS}",
        f"install --directory --owner={engine.user} {ARCHIVE}",
        # As the backup's module lets the server's unit write there.
        "mkdir -p /run/systemd/system/postgresql.service.d",
        f"printf '[Service]\\nReadWritePaths={ARCHIVE}\\n' > /run/systemd/system/postgresql.service.d/lab.conf",
        "systemctl daemon-reload",
        f"jq {shlex.quote(backup)} /etc/dbtrfs/instances.json > /run/instances.json; cp /run/instances.json /etc/dbtrfs/",
    )
    for statement in ("archive_mode = 'on'", f"archive_command = 'test ! -e {ARCHIVE}/%f && cp %p {ARCHIVE}/%f'"):
        engine.sql(f"ALTER SYSTEM SET {statement};")
    engine.stop()
    engine.start()


def archive_goes_on(engine: Engine, timeline: int) -> None:
    """On a timeline of its own: no segment has the name of one that is archived, and who recovers finds the way to it."""
    engine.sql("SELECT pg_switch_wal();")
    archived = f"SELECT last_archived_wal ~ '^{timeline:08X}[0-9A-F]{{16}}$' FROM pg_stat_archiver;"
    command = engine.as_user(f'{engine.client()} --command="{archived}"')
    engine.machine.wait_until_succeeds(f"{command} | grep -qx t", timeout=60)
    must_be_archived(engine, f"{timeline:08X}.history")
    failed = engine.sql("SELECT failed_count FROM pg_stat_archiver;")
    if failed != "0":
        raise AssertionError(f"{engine.name}: {failed} segments could not be archived")


def must_be_archived(engine: Engine, name: str) -> None:
    facts = json.loads(engine.machine.succeed("cat /etc/dbtrfs/instances.json"))["instances"][engine.name]["backup"]
    get = facts["walCommand"].replace("%f", name).replace("%p", f"/tmp/{name}")
    command = f"cd {engine.database['dataDirectory']} && PGBACKREST_LAB={ARCHIVE} {engine.as_user(f'sh -c {shlex.quote(get)}')}"
    engine.machine.wait_until_succeeds(f"{command} >&2 && [ -s /tmp/{name} ]", timeout=60)
