"""How a file lies on the disk: Documentation/filesystems/fiemap.rst."""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FIEMAP = 0xC020660B  # FS_IOC_FIEMAP
HEADER = struct.Struct("=QQIIII")
EXTENT = struct.Struct("=QQQQQIIII")
BATCH = 2000
LAST, ENCODED, SHARED = 0x1, 0x8, 0x2000


@dataclass(frozen=True)
class Extent:
    logical: int
    physical: int
    length: int
    compressed: bool
    shared: bool


@dataclass(frozen=True)
class Layout:
    extents: int  # pieces that do not follow one another on the disk
    size: int
    compressed: int  # bytes in compressed extents
    shared: int  # bytes that a snapshot or a copy has too


def read_extents(path: str) -> Iterator[Extent]:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        start, last = 0, False
        while not last:
            batch = list(_batch(handle, start))
            last = not batch or bool(batch[-1][1] & LAST)
            for extent, _flags in batch:
                start = extent.logical + extent.length
                yield extent
    finally:
        os.close(handle)


def _batch(handle: int, start: int) -> Iterator[tuple[Extent, int]]:
    buffer = bytearray(HEADER.pack(start, 2**64 - 1 - start, 0, 0, BATCH, 0) + bytes(EXTENT.size * BATCH))
    fcntl.ioctl(handle, FIEMAP, buffer)
    mapped = HEADER.unpack_from(buffer)[3]
    for at in range(mapped):
        logical, physical, length, _, _, flags, *_ = EXTENT.unpack_from(buffer, HEADER.size + at * EXTENT.size)
        yield Extent(logical, physical, length, bool(flags & ENCODED), bool(flags & SHARED)), flags


def summarise(extents: Iterable[Extent]) -> Layout:
    pieces, size, compressed, shared, end = 0, 0, 0, 0, -1
    for extent in extents:
        # An extent that begins where the last one ended is read with it.
        pieces += extent.physical != end
        end = extent.physical + extent.length
        size += extent.length
        compressed += extent.length if extent.compressed else 0
        shared += extent.length if extent.shared else 0
    return Layout(pieces, size, compressed, shared)
