"""Snapshots of a running database under load, each started as a second server.

Where the log lies on a filesystem of its own, the snapshot is fenced: the log's filesystem is frozen, so that nothing
in the data can become newer than the log that is copied with it. `snapshot_unfenced` leaves the fence out.
"""

from __future__ import annotations

import random
import time

from copies import copy_of, started
from engines import Engine, PostgreSQL, engines
from host import Host
from ledger import Ledger

TOP = "/run/lab-top"


def run(host: Host) -> None:
    wanted = int(host.options.get("snapshots", 5))
    each_snapshot(host, wanted, fenced=True)
    host.counts["snapshots"] = wanted


def each_snapshot(host: Host, wanted: int, fenced: bool) -> int:
    """Takes and starts snapshots; the number that came out damaged, which raises unless it is the unfenced try."""
    chance = random.Random(host.options.get("seed", 1))
    host.wait_until_up()
    damaged = 0
    for engine in engines(host):
        ledger = Ledger(engine, host.channel)
        ledger.create()
        mount_top(engine)
        pauses = []
        for _ in range(wanted):
            ledger.start()
            time.sleep(chance.uniform(0.3, 1.5))
            reported = host.reported()
            log, pause = take(engine, fenced)
            pauses.append(pause)
            ledger.stop()
            problem = problem_of(engine, log, reported, host.channel)
            damaged += problem is not None
            if problem:
                engine.machine.log(f"damaged: {problem}")
            if problem and fenced:
                raise AssertionError(f"{engine.name}: a snapshot is damaged: {problem}")
            engine.machine.succeed(f"btrfs --quiet subvolume delete {TOP}/lab-copy")
        if fenced and log_filesystem(engine):
            host.counts["medianPauseMs"] = round(sorted(pauses)[len(pauses) // 2] * 1000)
            host.counts["longestPauseMs"] = round(max(pauses) * 1000)
    return damaged


def mount_top(engine: Engine) -> None:
    mount = engine.database["mountPoint"]
    device = engine.machine.succeed(f"findmnt --noheadings --nofsroot --output=SOURCE {mount}").strip()
    engine.machine.succeed(f"mkdir -p {TOP}; mountpoint -q {TOP} || mount -o subvol=/ {device} {TOP}")


def log_filesystem(engine: Engine) -> str | None:
    """Where the log's own filesystem is mounted."""
    own = engine.host.plan["logFilesystems"]
    return next((f["mountPoint"] for f in own if f["database"] == engine.name), None)


def log_directory(engine: Engine) -> str:
    """Where the server keeps its log."""
    if isinstance(engine, PostgreSQL):
        directory = engine.database["dataDirectory"]
        return engine.machine.succeed(f"readlink --canonicalize {directory}/pg_wal").strip()
    settings = {setting["name"]: setting["value"] for setting in engine.database["settings"]}
    return settings["innodb_log_group_home_dir"]


def take(engine: Engine, fenced: bool) -> tuple[str | None, float]:
    """Snapshots the subvolume to TOP/lab-copy; with a log elsewhere, copies that too. Returns the copy of the log, and for
    how long commits had to wait."""
    mount = engine.database["mountPoint"]
    snapshot = f"btrfs --quiet subvolume snapshot {mount} {TOP}/lab-copy"
    log = log_filesystem(engine)
    if log is None:
        engine.machine.succeed(snapshot)
        return None, 0.0
    copied = f"{TOP}/lab-copy/lab-log"
    copy = f"cp --archive {log} {copied}"
    target = copied + log_directory(engine).removeprefix(log)
    if not fenced:
        # What a timer would do that snapshots one place and then copies another.
        engine.machine.succeed(f"{snapshot}; sleep 2; {copy}")
        return target, 0.0
    times = engine.machine.succeed(
        f"sync -f {mount}; trap 'fsfreeze --unfreeze {log}' EXIT; date +%s.%N; "
        f"fsfreeze --freeze {log}; {snapshot}; {copy}; date +%s.%N"
    ).split()
    return target, float(times[1]) - float(times[0])


def problem_of(engine: Engine, log: str | None, reported: list[str], channel: str) -> str | None:
    """What is wrong with the copy; None where it starts, is whole, and has everything reported before."""
    try:
        if log is not None and isinstance(engine, PostgreSQL):
            attach_log(engine, log)
        copy = copy_of(engine, f"{TOP}/lab-copy", log)
        with started(copy):
            verdict = Ledger(copy, channel).judge(reported)
            if verdict.missing:
                return f"{verdict.missing} transactions are missing that were acknowledged before it"
            copy.check()
    except Exception as error:  # whatever the machine's driver raises for a command that failed
        return str(error)
    return None


def attach_log(engine: Engine, log: str) -> None:
    """pg_wal of the copy still links to the log of the running server."""
    directory = engine.database["dataDirectory"].removeprefix(engine.database["mountPoint"])
    link = f"{TOP}/lab-copy{directory}/pg_wal"
    engine.machine.succeed(f"rm {link}; ln -s {log} {link}")
