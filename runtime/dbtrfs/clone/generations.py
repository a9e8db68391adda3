"""How much a clone has written itself: extents of its tree that are newer than the clone.

Not `btrfs filesystem du`, which asks of every extent who else has it, and so reads all of a database each time; and no
quota: quota groups cost every write of the original as well (btrfs-quota(8)), and simple quotas change the filesystem's
format. A search for what is newer than a generation skips whole branches of the tree that are older (fs/btrfs/ioctl.c,
btrfs_search_forward), so it costs by what the clone has written.
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..commands import run

SEARCH = 0xC0709411  # BTRFS_IOC_TREE_SEARCH_V2: _IOWR(0x94, 17, 112 bytes)
# tree_id, min and max of objectid, offset and transid, min and max of type, nr_items, 36 bytes, buf_size
ARGUMENTS = struct.Struct("=QQQQQQQIII36xQ")
ITEM = struct.Struct("=QQQII")  # transid, objectid, offset, type, len
EXTENT = struct.Struct("<QQBBHBQQ")  # generation, ram_bytes, compression, encryption, other, type, disk_bytenr, disk_num_bytes
EXTENT_DATA = 108
FIRST_FILE = 256
INLINE = 0
ALL = 2**64 - 1
BUFFER = 1 << 20


@dataclass(frozen=True)
class Key:
    inode: int
    kind: int
    offset: int

    def next(self) -> Key:
        return Key(self.inode, self.kind, self.offset + 1)


def generation(subvolume: Path) -> int:
    """Of its last change. Any generation will do to ask with that is later."""
    answer = run("btrfs", "subvolume", "find-new", str(subvolume), str(2**63))
    found = re.search(r"transid marker was (\d+)", answer)
    if found is None:
        raise ValueError(f"btrfs subvolume find-new said: {answer.strip()}")
    return int(found[1])


def own_bytes(subvolume: Path, since: int) -> int:
    """On the disk. What it wrote and overwrote again counts for as long as some of it is in use."""
    extents = dict(new_extents(subvolume, since))
    return sum(extents.values())


def new_extents(subvolume: Path, since: int) -> Iterator[tuple[int, int]]:
    """Address and length of each extent that is newer; one that several files have comes several times."""
    handle = os.open(subvolume, os.O_RDONLY | os.O_DIRECTORY)
    try:
        key: Key | None = Key(FIRST_FILE, 0, 0)
        while key is not None:
            items = search(handle, key, since + 1)
            for _, extent in items:
                if extent is not None and extent[0] > since:
                    yield extent[1], extent[2]
            key = items[-1][0].next() if items else None
    finally:
        os.close(handle)


def search(handle: int, start: Key, oldest: int) -> list[tuple[Key, tuple[int, int, int] | None]]:
    """The next items, in order, of blocks that are not older; None where one is no extent on the disk."""
    head = ARGUMENTS.pack(0, start.inode, ALL, start.offset, ALL, oldest, ALL, start.kind, EXTENT_DATA, 2**32 - 1, BUFFER)
    buffer = bytearray(head) + bytes(BUFFER)
    fcntl.ioctl(handle, SEARCH, buffer)
    return list(items_in(buffer))


def items_in(buffer: bytearray) -> Iterator[tuple[Key, tuple[int, int, int] | None]]:
    count, at = ARGUMENTS.unpack_from(buffer)[9], ARGUMENTS.size
    for _ in range(count):
        _, inode, offset, kind, length = ITEM.unpack_from(buffer, at)
        at += ITEM.size
        yield Key(inode, kind, offset), extent_of(kind, buffer, at, length)
        at += length


def extent_of(kind: int, buffer: bytearray, at: int, length: int) -> tuple[int, int, int] | None:
    """Generation, address, length; holes have no address."""
    if kind != EXTENT_DATA or length < EXTENT.size:
        return None
    newest, _, _, _, _, what, address, size = EXTENT.unpack_from(buffer, at)
    return None if what == INLINE or address == 0 else (newest, address, size)
