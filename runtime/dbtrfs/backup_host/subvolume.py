"""What Btrfs knows of a subvolume: BTRFS_IOC_GET_SUBVOL_INFO (include/uapi/linux/btrfs.h), which needs no capability."""

from __future__ import annotations

import fcntl
import os
import struct
import uuid
from dataclasses import dataclass
from pathlib import Path

GET_SUBVOL_INFO = 0x81F8943C
# treeid, name, parent_id, dirid, generation, flags; uuid, parent_uuid, received_uuid; four transaction ids; ctime, otime,
# stime and rtime, of which the last is when it was received.
INFO = struct.Struct("=Q256sQQQQ16s16s16s4Q" + "QI4x" * 4 + "64x")
READ_ONLY = 1
ROOT_INODE = 256


@dataclass(frozen=True)
class Subvolume:
    number: int
    read_only: bool
    uuid: str
    parent: str | None  # uuid of what it is a snapshot of
    received: str | None  # uuid that it has where it was sent from; set when a transfer is complete
    received_at: float
    made_at: float


def read_subvolume(path: Path) -> Subvolume | None:
    """None where the path is no subvolume. Raises OSError where it cannot be opened."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(handle).st_ino != ROOT_INODE:
            return None
        buffer = bytearray(INFO.size)
        fcntl.ioctl(handle, GET_SUBVOL_INFO, buffer)
    finally:
        os.close(handle)
    number, _name, _in, _dir, _generation, flags, own, parent, received, *rest = INFO.unpack(buffer)
    _ctime, _, otime, _, _stime, _, rtime, _ = rest[4:]
    return Subvolume(number, bool(flags & READ_ONLY), str(_uuid(own)), _uuid(parent), _uuid(received), rtime, otime)


def _uuid(value: bytes) -> str | None:
    return str(uuid.UUID(bytes=value)) if any(value) else None


def is_complete(subvolume: Subvolume) -> bool:
    """btrfs receive gives it the uuid of its source, and makes it read-only, when the end of the stream is there."""
    return subvolume.read_only and subvolume.received is not None


def is_partial(subvolume: Subvolume) -> bool:
    return not subvolume.read_only and subvolume.received is None
