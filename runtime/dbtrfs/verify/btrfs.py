"""A mounted Btrfs filesystem as the kernel describes it: two ioctls that need no capability, and /sys/fs/btrfs.

include/uapi/linux/btrfs.h has the structures, fs/btrfs/sysfs.c the files.
"""

from __future__ import annotations

import fcntl
import os
import struct
import uuid
from dataclasses import dataclass
from pathlib import Path

FS_INFO = 0x8400941F  # BTRFS_IOC_FS_INFO
DEV_INFO = 0xD000941E  # BTRFS_IOC_DEV_INFO
SYSFS = Path("/sys/fs/btrfs")
KINDS = ("data", "metadata", "system")


@dataclass(frozen=True)
class Device:
    path: str
    size: int
    allocated: int
    missing: bool
    errors: dict[str, int]  # by kind, such as corruption_errs


@dataclass(frozen=True)
class Space:
    total: int
    used: int
    profiles: list[str]


@dataclass(frozen=True)
class State:
    uuid: str
    nodesize: int
    checksum: str
    devices: list[Device]
    spaces: dict[str, Space]  # by kind
    commits: dict[str, int]


def read_state(mount: str, sysfs: Path = SYSFS) -> State:
    handle = os.open(mount, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fsid = _fsid(handle)
        folder = sysfs / fsid
        devices = [_device(handle, int(entry.name), entry) for entry in sorted((folder / "devinfo").iterdir())]
    finally:
        os.close(handle)
    return State(
        uuid=fsid,
        nodesize=int((folder / "nodesize").read_text()),
        checksum=(folder / "checksum").read_text().split()[0],
        devices=devices,
        spaces={kind: read_space(folder / "allocation" / kind) for kind in KINDS},
        commits=read_counters((folder / "commit_stats").read_text()),
    )


def _fsid(handle: int) -> str:
    """Of the filesystem that holds an open file."""
    answer = fcntl.ioctl(handle, FS_INFO, bytes(1024))
    return str(uuid.UUID(bytes=answer[16:32]))


def _device(handle: int, devid: int, folder: Path) -> Device:
    answer = bytearray(struct.pack("=Q", devid) + bytes(4088))
    fcntl.ioctl(handle, DEV_INFO, answer)
    allocated, size = struct.unpack_from("=QQ", answer, 24)
    path = answer[3072:].split(b"\0", 1)[0].decode()
    errors = read_counters((folder / "error_stats").read_text())
    return Device(path or f"devid {devid}", size, allocated, (folder / "missing").read_text().strip() == "1", errors)


def read_counters(text: str) -> dict[str, int]:
    """Lines of a name and a number; a device that is missing has one that says no number."""
    pairs = (line.split() for line in text.splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdigit()}


def read_space(folder: Path) -> Space:
    """A profile has a folder as long as a block group of it exists."""
    return Space(
        total=int((folder / "total_bytes").read_text()),
        used=int((folder / "bytes_used").read_text()),
        profiles=sorted(entry.name for entry in folder.iterdir() if (entry / "total_bytes").exists()),
    )
