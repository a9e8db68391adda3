"""Attributes of a file that decide how Btrfs writes it. No capability beyond reading the file is needed."""

from __future__ import annotations

import fcntl
import os
import struct
from dataclasses import dataclass

GETFLAGS = 0x80086601  # FS_IOC_GETFLAGS
NOCOW = 0x00800000  # FS_NOCOW_FL
PROPERTY = "btrfs.compression"


@dataclass(frozen=True)
class Attributes:
    no_cow: bool
    compression: str | None


def read_attributes(path: str) -> Attributes:
    # A symbolic link would lead to another file; a pipe without a writer would block.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        flags = struct.unpack("=I", fcntl.ioctl(handle, GETFLAGS, bytes(8))[:4])[0]
        names = os.listxattr(handle)
        value = os.getxattr(handle, PROPERTY).decode() if PROPERTY in names else None
    finally:
        os.close(handle)
    return Attributes(bool(flags & NOCOW), value)
