"""The other wrong way on purpose: data and log in two subvolumes, one snapshot after the other. How often does it break?"""

from __future__ import annotations

from typing import Literal

from engines import SQLite, engines
from host import Host
from snapshot import trials
from snapshot_ways import give_log_a_subvolume, one_after_the_other


FIRST: tuple[Literal["data", "log"], ...] = ("data", "log")


def run(host: Host) -> None:
    """Never fails: what it counts is the result. For a host that keeps the log in a directory of the data's subvolume."""
    host.wait_until_up()
    host.counts["gapSeconds"] = host.options.get("gap", 0)
    for engine in engines(host):
        if isinstance(engine, SQLite):
            raise AssertionError(f"{engine.name}: SQLite's log lies beside its data and cannot be elsewhere")
        give_log_a_subvolume(engine)
        for first in FIRST:
            counted = f"{first}First"
            host.count(f"{counted}Damaged", 0)
            for trial in trials(engine, one_after_the_other(first)):
                host.count(counted)
                host.count(f"{counted}Damaged", trial.problem is not None)
