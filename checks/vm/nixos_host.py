"""A machine of the NixOS test driver, as what the scenarios are given."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from host import Host, PowerCut

# ./system.nix passes on to the serial console what is written there: it leaves the guest and lies on no disk.
CHANNEL = "/run/report"


class Unlocked:
    """The driver's machine, which types the passphrase at every start."""

    def __init__(self, machine: Any, passphrase: str) -> None:
        self._machine = machine
        self._passphrase = passphrase

    def __getattr__(self, name: str) -> Any:
        return getattr(self._machine, name)

    def start(self) -> None:
        self._machine.start()
        unlock(self._machine, self._passphrase)


def unlock(machine: Any, passphrase: str) -> None:
    machine.wait_for_console_text("enter passphrase for disk")
    machine.send_console(f"{passphrase}\n")


def host_of(
    machine: Any,
    driver: Any,
    subtest: Callable[[str], AbstractContextManager[None]],
    plan: dict[str, Any],
    passphrase: str | None = None,
) -> Host:
    """`machine` has booted; `driver` and `subtest` are the test script's own."""
    machine = machine if passphrase is None else Unlocked(machine, passphrase)
    mounted = [s for f in plan["filesystems"] for s in f["subvolumes"]] + plan["logFilesystems"]
    return Host(
        machine=machine,
        plan=plan,
        mount_points={m["mountPoint"]: m["mountPoint"] for m in mounted},
        channel=CHANNEL,
        subtest=subtest,
        power_cuts=crashes(machine, driver),
        reported=lambda: console(machine),
        start_without=without_boot_menu,
    )


def without_boot_menu(_units: list[str]) -> None:
    raise NotImplementedError("the driver has no way to give a kernel another parameter for one boot")


def console(machine: Any) -> list[str]:
    """Everything on the serial console since the last start: reports among messages, which no report looks like."""
    return machine.get_console_log().splitlines()


def crashes(machine: Any, driver: Any) -> Callable[..., Iterator[PowerCut]]:
    """QEMU ends at once, so what the guest had not written is lost; what it had written is kept, flushed or not."""
    chance = random.Random(1)
    lines: list[str] = []

    def power_cuts(load: Callable[[], None], count: int) -> Iterator[PowerCut]:
        for _ in range(count):
            # Thousands of reports are no log that anybody reads.
            driver.serial_stdout_off()
            load()
            time.sleep(chance.uniform(3, 8))
            machine.crash()
            driver.serial_stdout_on()
            lines.extend(console(machine))
            machine.start()
            yield PowerCut(list(lines))

    return power_cuts
