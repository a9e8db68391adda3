"""The wrong way on purpose: the data's snapshot, then a copy of the log, with no fence. How often does it break?"""

from __future__ import annotations

from engines import engines
from host import Host
from snapshot import trials
from snapshot_ways import unfenced


def run(host: Host) -> None:
    """Never fails: what it counts is the result."""
    host.wait_until_up()
    host.counts["gapSeconds"] = host.options.get("gap", 0)
    host.counts["damaged"] = 0
    for engine in engines(host):
        for trial in trials(engine, unfenced):
            host.count("snapshots")
            host.count("damaged", trial.problem is not None)
