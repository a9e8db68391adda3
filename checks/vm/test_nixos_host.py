"""The glue between the NixOS test driver and the scenarios, with a driver that only remembers what it was told."""

from __future__ import annotations

import contextlib
import sys
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1] / "scenarios"))

import nixos_host
from host import Host

PLAN: dict[str, Any] = {
    "filesystems": [{"subvolumes": [{"mountPoint": "/var/lib/mysql"}]}],
    "logFilesystems": [{"mountPoint": "/var/lib/mysql/log"}],
    "databases": [],
}


class Driver:
    """One object for machine and driver. The console is emptied by each start, as the real one's is."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.log = ""

    def start(self) -> None:
        self.told.append("start")
        self.log = ""

    def crash(self) -> None:
        self.told.append("crash")

    def serial_stdout_off(self) -> None:
        self.told.append("quiet")

    def serial_stdout_on(self) -> None:
        self.told.append("loud")

    def wait_for_console_text(self, pattern: str) -> None:
        self.told.append(f"wait: {pattern}")

    def send_console(self, text: str) -> None:
        self.told.append(f"type: {text!r}")

    def get_console_log(self) -> str:
        return self.log


def host_on(driver: Driver, passphrase: str | None = None) -> Host:
    return nixos_host.host_of(driver, driver, lambda _name: contextlib.nullcontext(), PLAN, passphrase)


class Glue(unittest.TestCase):
    def test_a_crash_keeps_what_was_reported_before_it_and_before_the_earlier_ones(self) -> None:
        driver = Driver()
        numbers = iter(["lab 0 1", "lab 0 2"])

        def load() -> None:
            driver.log += f"systemd[1]: Started something.\n{next(numbers)}\n"

        with mock.patch("time.sleep"):
            cuts = list(host_on(driver).power_cuts(load, 2))
        reports = [[line for line in cut.acknowledged if line.startswith("lab")] for cut in cuts]
        self.assertEqual(reports, [["lab 0 1"], ["lab 0 1", "lab 0 2"]])
        self.assertEqual(driver.told, ["quiet", "crash", "loud", "start"] * 2)

    def test_a_start_waits_for_the_question_before_it_types_the_passphrase(self) -> None:
        driver = Driver()
        host_on(driver, "secret").machine.start()
        self.assertEqual(driver.told, ["start", "wait: enter passphrase for disk", "type: 'secret\\n'"])

    def test_the_scenarios_look_where_the_plan_mounts(self) -> None:
        host = host_on(Driver())
        self.assertEqual(host.mount_points["/var/lib/mysql/log"], "/var/lib/mysql/log")


if __name__ == "__main__":
    unittest.main()
