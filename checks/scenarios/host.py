"""What a scenario is given: a machine of the NixOS test driver's vocabulary, the plan it runs, and what to report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol


class Machine(Protocol):
    """The part of the NixOS test driver that scenarios use; the lab's machines have it too."""

    def start(self) -> None: ...
    def shutdown(self) -> None: ...
    def crash(self) -> None: ...
    def execute(self, command: str, check_return: bool = True, timeout: int | None = 900) -> tuple[int, str]: ...
    def succeed(self, *commands: str, timeout: int | None = None) -> str: ...
    def fail(self, *commands: str, timeout: int | None = None) -> str: ...
    def wait_until_succeeds(self, command: str, timeout: int = 900) -> str: ...
    def wait_for_unit(self, unit: str, user: str | None = None, timeout: int = 900) -> None: ...
    def log(self, msg: str) -> None: ...


@dataclass(frozen=True)
class PowerCut:
    """A machine that has just been started after a power cut."""

    acknowledged: list[str]  # the lines reported before the cut, in order
    dropped: int = 0  # writes after the last flush that the disks lost
    torn: int = 0  # and those of which they kept a part


class PowerCuts(Protocol):
    """Runs a load, cuts the power, starts the machine: `count` times, however the machine does that best."""

    def __call__(self, load: Callable[[], None], count: int) -> Iterator[PowerCut]: ...


def not_here(*_: object) -> Any:
    raise NotImplementedError("the disks of this machine are not the test's to change")


@dataclass
class Host:
    machine: Machine
    plan: dict[str, Any]
    mount_points: dict[str, str]  # where this machine has what the plan mounts
    channel: str  # a file in the guest; a line written there has left the guest
    subtest: Callable[[str], AbstractContextManager[None]]
    power_cuts: PowerCuts
    reported: Callable[[], list[str]]  # the lines that have left the guest since it was started
    start_without: Callable[[list[str]], None]  # starts the machine with these units masked, as a boot menu can
    # What happens to disks while the machine is off: one is exchanged for a blank one of its name; an installer runs until
    # the end of the context; all but the backups' are exchanged, and the plan is installed anew and started.
    blank_disk: Callable[[str], None] = not_here
    installer: Callable[[], AbstractContextManager[None]] = not_here
    reinstall: Callable[[], None] = not_here
    options: dict[str, Any] = field(default_factory=dict)
    # The command blocks of each runbook, by its id, in their order.
    runbooks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    counts: dict[str, int | float | str] = field(default_factory=dict)  # the result

    def count(self, what: str, by: int = 1) -> None:
        self.counts[what] = int(self.counts.get(what, 0)) + by

    @property
    def databases(self) -> list[dict[str, Any]]:
        return self.plan["databases"]

    def reboot(self) -> None:
        self.machine.shutdown()
        self.machine.start()

    def wait_until_up(self) -> None:
        for database in self.databases:
            for unit in database["units"]:
                # Each waits for the check of its storage.
                self.machine.wait_for_unit(f"{unit}.service")
