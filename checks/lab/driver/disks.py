"""The disks of a machine: sparse images, with or without a log of every write."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from write_log import SECTOR, Loss, WriteLog, replay

Cut = tuple[int, ...]  # how much of each disk's log had been written, in bytes


@dataclass(frozen=True)
class Disk:
    serial: str  # also the name of its /dev/disk/by-id link
    bytes: int
    folder: Path

    @property
    def image(self) -> Path:
        return self.folder / f"{self.serial}.img"

    @property
    def base(self) -> Path:
        """The disk as it was when its log began."""
        return self.folder / f"{self.serial}.base"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.serial}.log"

    def create(self) -> None:
        self.image.unlink(missing_ok=True)
        with self.image.open("wb") as file:
            file.truncate(self.bytes)

    def begin_log(self) -> None:
        copy_sparse(self.image, self.base)
        self.log.unlink(missing_ok=True)
        self.log.touch()

    def lose_power(self, end: int, mode: str, chance: random.Random) -> Loss:
        """The image becomes what a power cut at `end` of the log may have left; base and log are used up."""
        loss = self._replay_to(self.base, SECTOR, end, mode, chance)[1]
        self.base.replace(self.image)
        return loss

    def advance(self, start: int, end: int) -> int:
        """Moves base to the last flush before `end`; returns where that is in the log."""
        with contextlib.closing(WriteLog(self.log)) as log, self.base.open("r+b") as file:
            barriers = [entry.end for entry in log.entries(start, end) if entry.is_barrier]
            if not barriers:
                return start
            for entry in log.entries(start, barriers[-1]):
                log.apply(entry, file.fileno())
            return barriers[-1]

    def trial(self, start: int, end: int, mode: str, chance: random.Random) -> Loss:
        """The image becomes base and what a power cut at `end` may have kept of the log from `start` on."""
        copy_sparse(self.base, self.image)
        return self._replay_to(self.image, start, end, mode, chance)[1]

    def _replay_to(self, path: Path, start: int, end: int, mode: str, chance: random.Random) -> tuple[int, Loss]:
        with contextlib.closing(WriteLog(self.log)) as log, path.open("r+b") as file:
            return replay(log, file.fileno(), start, end, mode, chance)

    def partitions(self) -> list[tuple[int, str]]:
        """Number and label of each partition; none before the disk has a table."""
        result = subprocess.run(["sfdisk", "--json", self.image], capture_output=True, check=False)
        if result.returncode != 0:
            return []
        table = json.loads(result.stdout)["partitiontable"]["partitions"]
        return [(int(p["node"].rsplit(".img", 1)[1]), p.get("name", "")) for p in table]


def copy_sparse(source: Path, target: Path) -> None:
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", source, target], check=True)


def log_positions(disks: list[Disk]) -> Cut:
    """The same instant in every log: no disk may have gone on while another was looked at."""
    while True:
        first = tuple(disk.log.stat().st_size for disk in disks)
        if len(disks) == 1 or first == tuple(disk.log.stat().st_size for disk in disks):
            return first


def total(losses: list[Loss]) -> Loss:
    return Loss(
        kept=sum(x.kept for x in losses), dropped=sum(x.dropped for x in losses), torn=sum(x.torn for x in losses)
    )


class LoopDevices:
    """The images as block devices of this kernel: directly, or through a daemon that logs every write and flush.

    Needs root; a logged disk also needs /dev/fuse and qemu-storage-daemon.
    """

    def __init__(self, disks: list[Disk], logged: bool) -> None:
        self.disks = disks
        self.logged = logged
        self.devices: dict[str, str] = {}
        self.daemon: subprocess.Popen[bytes] | None = None

    def attach(self) -> None:
        if self.logged:
            self._start_daemon()
        for disk in self.disks:
            command = ["losetup", "--find", "--show", "--partscan", str(self._file(disk))]
            self.devices[disk.serial] = subprocess.run(
                command, check=True, capture_output=True, text=True
            ).stdout.strip()
            self._settle(disk)

    def _settle(self, disk: Disk) -> None:
        """The kernel's own scan works in the background, and a kernel may know no GPT."""
        subprocess.run(["partx", "--update", self.devices[disk.serial]], check=False, capture_output=True)
        for _ in range(100):
            if all(Path(f"{self.devices[disk.serial]}p{n}").exists() for n, _ in disk.partitions()):
                return
            time.sleep(0.02)
        raise RuntimeError(f"{disk.serial}: the kernel shows no partitions")

    def _file(self, disk: Disk) -> Path:
        return disk.folder / f"{disk.serial}.export" if self.logged else disk.image

    def _start_daemon(self) -> None:
        command = ["qemu-storage-daemon"]
        for i, disk in enumerate(self.disks):
            disk.begin_log()
            self._file(disk).touch()
            command += ["--blockdev", f"driver=file,node-name=image{i},filename={disk.image}"]
            command += ["--blockdev", f"driver=file,node-name=log{i},filename={disk.log}"]
            command += ["--blockdev", f"driver=blklogwrites,node-name=disk{i},file=image{i},log=log{i}"]
            command += [
                "--export",
                f"type=fuse,id=export{i},node-name=disk{i},mountpoint={self._file(disk)},writable=on",
            ]
        self.daemon = subprocess.Popen(command)
        deadline = time.monotonic() + 10
        while any(not self._file(disk).is_mount() and self._file(disk).stat().st_size == 0 for disk in self.disks):
            if self.daemon.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("qemu-storage-daemon does not export the disks")
            time.sleep(0.02)

    def pull_the_plug(self) -> None:
        """From now on nothing reaches a disk, and every request fails."""
        if self.daemon is not None:
            self.daemon.send_signal(signal.SIGKILL)
            self.daemon.wait()
            self.daemon = None

    def detach(self) -> None:
        """Waits until the last user is gone: a filesystem that is still mounted would hold on to the image."""
        for device in self.devices.values():
            subprocess.run(["losetup", "--detach", device], check=False, capture_output=True)
        for device in self.devices.values():
            self._wait_until_free(device)
        self.devices = {}
        if self.daemon is not None:
            self.daemon.send_signal(signal.SIGTERM)
            self.daemon.wait()
            self.daemon = None
        for disk in self.disks:
            subprocess.run(["umount", "--lazy", self._file(disk)], check=False, capture_output=True)

    def _wait_until_free(self, device: str) -> None:
        backing = Path(f"/sys/block/{os.path.basename(device)}/loop/backing_file")
        deadline = time.monotonic() + 60
        while backing.exists():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{device} is still in use")
            time.sleep(0.02)
