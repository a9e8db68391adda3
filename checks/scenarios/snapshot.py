"""Snapshots of a running database under load, each started as a second server: consistent, and nothing missing that was
acknowledged before."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from copies import copy_of, started
from engines import Engine, engines
from host import Host
from ledger import Ledger
from snapshot_ways import Taken, Way, forget, log_filesystem, mount_top, planned


@dataclass(frozen=True)
class Trial:
    problem: str | None  # what is wrong with the copy
    seconds: float  # how long it took; with a fence, how long commits had to wait


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        seconds = []
        for trial in trials(engine, planned):
            if trial.problem:
                raise AssertionError(f"{engine.name}: a snapshot is damaged: {trial.problem}")
            host.count("snapshots")
            seconds.append(trial.seconds)
        if log_filesystem(engine):
            host.counts["medianPauseMs"] = round(sorted(seconds)[len(seconds) // 2] * 1000)
            host.counts["longestPauseMs"] = round(max(seconds) * 1000)


def trials(engine: Engine, way: Way) -> Iterator[Trial]:
    """Under load, at any moment: takes a copy, starts it, judges it."""
    host = engine.host
    chance = random.Random(host.options.get("seed", 1))
    ledger = Ledger(engine, host.channel)
    ledger.create()
    mount_top(engine)
    for _ in range(int(host.options.get("snapshots", 5))):
        ledger.start()
        time.sleep(chance.uniform(0.3, 1.5))
        reported = host.reported()
        trial = attempt(engine, way, ledger, reported)
        if trial.problem:
            engine.machine.log(f"damaged: {trial.problem}")
        yield trial
        forget(engine)


def attempt(engine: Engine, way: Way, ledger: Ledger, reported: list[str]) -> Trial:
    try:
        taken = way(engine)
    except Exception as error:  # without a fence files may go while they are copied
        return Trial(f"it cannot be taken: {error}", 0)
    finally:
        ledger.stop()
    return Trial(problem_of(engine, taken, reported), taken.seconds)


def problem_of(engine: Engine, taken: Taken, reported: list[str]) -> str | None:
    try:
        copy = copy_of(engine, taken.places)
        with started(copy):
            verdict = Ledger(copy, engine.host.channel).judge(reported)
            if verdict.missing:
                return f"{verdict.missing} transactions are missing that were acknowledged before it"
            copy.check()
    except Exception as error:  # whatever the machine's driver raises for a command that failed
        return str(error)
    return None
