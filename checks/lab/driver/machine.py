"""The vocabulary of the NixOS test driver (nixos/lib/test-driver/src/test_driver/machine), for the lab's machines."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable


class RequestedAssertionFailed(Exception):
    """A command did not do what the scenario asked for."""


def retry(attempt: Callable[[], bool], timeout: float, what: str, pause: float) -> None:
    deadline = time.monotonic() + timeout
    while not attempt():
        if time.monotonic() > deadline:
            raise RequestedAssertionFailed(f"{what}: not within {timeout:.0f} s")
        time.sleep(pause)


class Machine(ABC):
    """A guest that runs commands as root; `start` returns before it has booted, everything else waits for it."""

    # Seconds between two looks at something that is waited for; under emulation a look is work too.
    pause = 0.2
    masked: tuple[str, ...] = ()  # units that a start leaves out

    def start_without(self, units: list[str]) -> None:
        self.masked = tuple(units)
        self.start()
        self.masked = ()

    def boot_options(self) -> list[str]:
        """For systemd, as the kernel's command line has them."""
        return ["systemd.show_status=0", *(f"systemd.mask={unit}.service" for unit in self.masked)]

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def shutdown(self) -> None: ...

    @abstractmethod
    def crash(self) -> None:
        """A power cut: what the disks had not been told to flush may be gone."""

    @abstractmethod
    def execute(self, command: str, check_return: bool = True, timeout: int | None = 900) -> tuple[int, str]:
        """Runs a command with `set -euo pipefail`; its status and standard output."""

    def succeed(self, *commands: str, timeout: int | None = None) -> str:
        output = ""
        for command in commands:
            status, out = self.execute(command, timeout=timeout)
            if status != 0:
                raise RequestedAssertionFailed(f"command `{command}` failed (exit code {status})\n{out}")
            output += out
        return output

    def fail(self, *commands: str, timeout: int | None = None) -> str:
        output = ""
        for command in commands:
            status, out = self.execute(command, timeout=timeout)
            if status == 0:
                raise RequestedAssertionFailed(f"command `{command}` unexpectedly succeeded\n{out}")
            output += out
        return output

    def wait_until_succeeds(self, command: str, timeout: int = 900) -> str:
        output = ""

        def attempt() -> bool:
            nonlocal output
            status, output = self.execute(command, timeout=timeout)
            return status == 0

        retry(attempt, timeout, f"`{command}` to succeed", self.pause)
        return output

    def wait_until_fails(self, command: str, timeout: int = 900) -> str:
        output = ""

        def attempt() -> bool:
            nonlocal output
            status, output = self.execute(command, timeout=timeout)
            return status != 0

        retry(attempt, timeout, f"`{command}` to fail", self.pause)
        return output

    def wait_for_unit(self, unit: str, user: str | None = None, timeout: int = 900) -> None:
        if user is not None:
            raise NotImplementedError("units of users")

        def attempt() -> bool:
            state = self.succeed(f"systemctl show --property=ActiveState --value '{unit}'").strip()
            if state == "failed":
                raise RequestedAssertionFailed(f'unit "{unit}" reached state "failed"\n{self._journal_of(unit)}')
            if state == "inactive" and "No jobs" in self.execute("systemctl list-jobs --full 2>&1")[1]:
                # The job may have ended between the two looks.
                state = self.succeed(f"systemctl show --property=ActiveState --value '{unit}'").strip()
                if state == "inactive":
                    raise RequestedAssertionFailed(f'unit "{unit}" is inactive and there are no pending jobs')
            return state == "active"

        retry(attempt, timeout, f"unit {unit}", self.pause)

    def _journal_of(self, unit: str) -> str:
        return self.execute(f"journalctl --no-pager --lines=30 --unit='{unit}'")[1]

    def systemctl(self, query: str) -> tuple[int, str]:
        return self.execute(f"systemctl {query}")

    def wait_for_file(self, filename: str, timeout: int = 900) -> None:
        self.wait_until_succeeds(f"test -e {filename}", timeout=timeout)

    def sleep(self, seconds: int) -> None:
        self.succeed(f"sleep {seconds}")

    def log(self, message: str) -> None:
        print(f"    {message}", flush=True)
