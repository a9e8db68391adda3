"""The wrong way on purpose: the data's snapshot first, the log two seconds later. How often does it break?"""

from __future__ import annotations

from host import Host
from snapshot import each_snapshot


def run(host: Host) -> None:
    """Never fails: what it counts is the result."""
    wanted = int(host.options.get("snapshots", 5))
    host.counts["damaged"] = each_snapshot(host, wanted, fenced=False)
    host.counts["snapshots"] = wanted
