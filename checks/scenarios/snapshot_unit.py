"""The unit that takes snapshots on a real host: under load, each snapshot started as a second server."""

from __future__ import annotations

import random
import time

from engines import Engine, engines
from host import Host
from ledger import Ledger
from snapshot import problem_of
from snapshot_ways import COPY, Taken, forget, mount_top


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        chance = random.Random(host.options.get("seed", 1))
        ledger = Ledger(engine, host.channel)
        ledger.create()
        mount_top(engine)
        for _ in range(int(host.options.get("snapshots", 5))):
            ledger.start()
            time.sleep(chance.uniform(0.3, 1.5))
            reported = host.reported()
            engine.machine.succeed(f"systemctl start dbtrfs-snapshot-{engine.name}.service")
            ledger.stop()
            judge(engine, reported)
            host.count("snapshots")


def judge(engine: Engine, reported: list[str]) -> None:
    newest = snapshots_of(engine)[-1]
    note_times(engine, newest)
    mount = engine.database["mountPoint"]
    # What a restore does first: a writable copy of what was kept.
    engine.machine.succeed(f"btrfs --quiet subvolume snapshot {newest} {COPY}")
    problem = problem_of(engine, Taken(0, {mount: COPY}), reported)
    if problem:
        raise AssertionError(f"{engine.name}: {newest}: {problem}")
    forget(engine)


def snapshots_of(engine: Engine) -> list[str]:
    """Oldest first, as their names sort; only what is read-only and whole has such a name."""
    directory = snapshot_directory(engine)
    return engine.machine.succeed(f"ls -d --sort=version {directory}/{engine.name}.*").split()


def snapshot_directory(engine: Engine) -> str:
    return "/var/lib/dbtrfs/snapshots"


def note_times(engine: Engine, snapshot: str) -> None:
    """The longest that anything had to wait, as the snapshot itself records it."""
    for line in engine.machine.succeed(f"cat {snapshot}/.dbtrfs-snapshot").splitlines():
        key, value = line.split("=", 1)
        if key.endswith("_ms"):
            what = "longestPauseMs" if key == "pause_ms" else "longestLockMs"
            engine.host.counts[what] = max(int(value), int(engine.host.counts.get(what, 0)))
