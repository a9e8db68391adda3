"""Runs one scenario on one host. Reads a job (see Job in ../job.ts) on its standard input; the last line it prints is
the result as JSON, everything before is for people. Exit status 1: the scenario failed, and the guest's console and
journal were kept.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scenarios"))

from install import install, install_twice  # noqa: E402
from accelerator import accelerator  # noqa: E402
from disks import Disk  # noqa: E402
from guest import Guest  # noqa: E402
from nspawn import NspawnMachine  # noqa: E402
from outcome import answer, outcome_of  # noqa: E402
from power_cuts import crash_each_time, cuts_from_recording  # noqa: E402
from qemu import QemuMachine  # noqa: E402

from host import Host  # noqa: E402

GIB = 1 << 30
SECOND_DISK = 20 * GIB  # sparse; Btrfs wants more than it holds


def disks_of(plan: dict[str, Any], second: list[str], folder: Path) -> list[Disk]:
    disks = [Disk(os.path.basename(d["device"]), int(d["sizeGiB"] * GIB), folder) for d in plan["disks"]]
    disks += [Disk(serial, SECOND_DISK, folder) for serial in second]
    for disk in disks:
        # virtio-blk has room for 20 characters.
        if len(disk.serial) > 20:
            raise ValueError(f"{disk.serial}: the lab's disks have serials of at most 20 characters")
        disk.create()
    return disks


def host_for(job: dict[str, Any], folder: Path, network: Path | None = None) -> tuple[Host, NspawnMachine | QemuMachine]:
    guest = Guest.from_json(Path(job["image"]), job["guest"])
    options = job.get("options", {})
    # Other moments on every host, and the same ones again for the same seed.
    chance = random.Random(f"{options.get('seed', 1)} {job['scenario']} {job['host']}")
    disks = disks_of(job["plan"], job["guest"]["secondDisks"], folder)
    machine: NspawnMachine | QemuMachine
    if job["machine"] == "host-kernel":
        machine = NspawnMachine(guest, disks, folder, logged=False, network=network)
        power_cuts = cuts_from_recording(machine, chance, options)
    else:
        machine = QemuMachine(guest, disks, folder, logged=bool(job.get("logged")), acceleration=accelerator(guest.image))
        power_cuts = crash_each_time(machine, chance)
    planned = [disk for disk in disks if disk.serial not in job["guest"]["secondDisks"]]

    def blank_disk(serial: str) -> None:
        next(disk for disk in planned if disk.serial == serial).create()

    @contextlib.contextmanager
    def installer() -> Iterator[None]:
        machine.start_installer()
        yield
        machine.stop_installer()

    def reinstall() -> None:
        machine.crash()
        for disk in planned:
            disk.create()
        install(machine)
        machine.start()

    host = Host(
        machine=machine,
        plan=job["plan"],
        runbooks=job["runbooks"],
        mount_points=job["guest"]["mountPoints"],
        channel=machine.channel_path,
        subtest=subtest,
        power_cuts=power_cuts,
        reported=lambda: [report.line for report in machine.channel.reports],
        start_without=machine.start_without,
        blank_disk=blank_disk,
        installer=installer,
        reinstall=reinstall,
        options=options,
    )
    return host, machine


@contextlib.contextmanager
def subtest(name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"    {name} ({time.monotonic() - began:.1f} s)", flush=True)


def run(job: dict[str, Any]) -> dict[str, Any]:
    host, machine = host_for(job, Path(job["folder"]))

    def act() -> None:
        if job["installedTwice"]:
            with subtest("format and mount, twice"):
                install_twice(machine)
        else:
            with subtest("format and mount"):
                install(machine)
        machine.start()
        importlib.import_module(job["scenario"]).run(host)

    return outcome_of(act, [machine], host.counts)


if __name__ == "__main__":
    answer(run)
