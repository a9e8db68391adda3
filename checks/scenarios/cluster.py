"""What a scenario of several machines is given, and what it asks of each of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from compare import differences
from engines import ENGINES, Engine
from host import Host
from runbook import filled


@dataclass
class Cluster:
    hosts: dict[str, Host]  # by the member's name
    subtest: Callable[[str], AbstractContextManager[None]]
    addresses: dict[str, str]  # by the member's name too
    cut: Callable[[str], None]  # takes a member off the network
    heal: Callable[[str], None]
    options: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int | float | str] = field(default_factory=dict)

    def count(self, what: str, by: int = 1) -> None:
        self.counts[what] = int(self.counts.get(what, 0)) + by

    @property
    def rounds(self) -> int:
        return int(self.options.get("rounds", 1))

    def engine(self, member: str) -> Engine:
        host = self.hosts[member]
        return ENGINES[host.databases[0]["engine"]](host, host.databases[0])

    def others(self, member: str) -> list[str]:
        return [name for name in self.hosts if name != member]

    @property
    def about(self) -> dict[str, Any]:
        """The cluster as the plan of any member has it."""
        found: dict[str, Any] = next(iter(self.hosts.values())).databases[0]["cluster"]
        return found

    def do(self, member: str, block: str, replace: dict[str, str] | None = None) -> str:
        """Runs a block of the member's own runbook of the cluster, whole."""
        self.count("blocks")
        return self.look(member, block, replace)

    def look(self, member: str, block: str, replace: dict[str, str] | None = None) -> str:
        """The same for a block that is run until it says what is waited for; it does not count each time."""
        host = self.hosts[member]
        runbook = host.runbooks[f"cluster-{host.databases[0]['name']}"]
        commands = next(b["commands"] for b in runbook if b["id"] == block)
        return host.machine.succeed(f"{{ {filled(commands, replace or {})}\n}} 2>&1")

    def must_be_as_planned(self, member: str) -> None:
        found = differences(self.hosts[member])
        if found:
            raise AssertionError(f"{member} is not as planned:\n" + "\n".join(found))
        self.count("asPlanned")


def until(what: str, holds: Callable[[], bool], seconds: float = 120) -> float:
    """Waits for it; the seconds that it took."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.5)
    return time.monotonic() - began
