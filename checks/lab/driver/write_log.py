"""The writes of one disk in the order in which they completed, as QEMU's blklogwrites records them.

The format is that of the kernel's dm-log-writes (Documentation/admin-guide/device-mapper/log-writes.rst): a superblock,
then entries of a header sector and the data. A power cut keeps everything up to the last flush; of what came after, a
disk with a volatile cache may have kept all, nothing, or any part.
"""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512
MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD, MARK = 1, 2, 4, 8
# Disks write sectors of 4 KiB whole; a larger request may be cut.
ATOMIC = 4096


@dataclass(frozen=True)
class Entry:
    offset: int  # on the disk, in bytes
    length: int
    flags: int
    data_at: int  # in the log, in bytes
    end: int  # in the log, in bytes

    @property
    def is_barrier(self) -> bool:
        return bool(self.flags & FLUSH)

    @property
    def is_durable(self) -> bool:
        return bool(self.flags & FUA)


class WriteLog:
    """Raises ValueError where the file is no such log."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("rb")
        superblock = self.file.read(28)
        # QEMU writes it with the first flush.
        if superblock.strip(b"\0"):
            magic, version, _entries, sector = struct.unpack("<QQQI", superblock)
            if (magic, version, sector) != (MAGIC, 1, SECTOR):
                raise ValueError(f"{path}: not a write log of {SECTOR}-byte sectors")

    def close(self) -> None:
        self.file.close()

    def entries(self, start: int = SECTOR, end: int | None = None) -> Iterator[Entry]:
        """Entries that lie wholly before `end` (bytes in the log). An unfinished header ends the log."""
        size = os.fstat(self.file.fileno()).st_size
        end = size if end is None else min(end, size)
        at = start
        while at + SECTOR <= end:
            sector, sectors, flags, _data = struct.unpack("<QQQQ", os.pread(self.file.fileno(), 32, at))
            if not (sectors or flags):
                return
            # QEMU leaves the field for the length of the data at 0; only a discard has none.
            data = 0 if flags & DISCARD else sectors * SECTOR
            entry = Entry(sector * SECTOR, sectors * SECTOR, flags, at + SECTOR, at + SECTOR + data)
            if entry.end > end:
                return
            yield entry
            at = entry.end

    def apply(self, entry: Entry, disk: int) -> None:
        """Writes one entry to an open disk image."""
        if entry.flags & MARK or not entry.length:
            return
        if entry.flags & DISCARD:
            _zero(disk, entry.offset, entry.length)
            return
        data = os.pread(self.file.fileno(), entry.length, entry.data_at)
        _write(disk, data, entry.offset)

    def apply_part(self, entry: Entry, disk: int, chance: random.Random) -> None:
        """Writes some blocks of an entry: what a cache had on its way when the power went."""
        if entry.flags & (MARK | DISCARD) or not entry.length:
            return
        data = os.pread(self.file.fileno(), entry.length, entry.data_at)
        for at in range(0, len(data), ATOMIC):
            if chance.random() < 0.5:
                _write(disk, data[at : at + ATOMIC], entry.offset + at)


def _write(disk: int, data: bytes, offset: int) -> None:
    done = 0
    while done < len(data):
        done += os.pwrite(disk, data[done:], offset + done)


def _zero(disk: int, offset: int, length: int) -> None:
    """As a sparse file: a discard of a whole disk must not write it."""
    end = offset + length
    size = os.fstat(disk).st_size
    if offset == 0 and end >= size:
        os.ftruncate(disk, 0)
        os.ftruncate(disk, size)
        return
    # Data is looked for and zeroed where there is some; holes stay holes.
    at = offset
    while at < end:
        try:
            at = os.lseek(disk, at, os.SEEK_DATA)
        except OSError:
            return
        stop = min(os.lseek(disk, at, os.SEEK_HOLE), end)
        while at < stop:
            step = min(stop - at, 1 << 20)
            _write(disk, bytes(step), at)
            at += step


@dataclass
class Loss:
    """What a power cut did to the writes after the last flush."""

    kept: int = 0
    dropped: int = 0
    torn: int = 0


def replay(log: WriteLog, disk: int, start: int, end: int, mode: str, chance: random.Random) -> tuple[int, Loss]:
    """Brings a disk from the state at `start` of its log to what a power cut at `end` may have left.

    mode: `none` drops every write after the last flush, `all` keeps them, `some` keeps each, a part of it, or nothing.
    Returns where the last flush ended in the log, and what was lost.
    """
    entries = list(log.entries(start, end))
    barriers = [i for i, entry in enumerate(entries) if entry.is_barrier]
    durable = barriers[-1] + 1 if barriers else 0
    for entry in entries[:durable]:
        log.apply(entry, disk)
    loss = Loss()
    for entry in entries[durable:]:
        fate = "kept" if entry.is_durable else {"none": "dropped", "all": "kept", "some": chance.choice(["kept", "dropped", "torn"])}[mode]
        if fate == "kept":
            log.apply(entry, disk)
        elif fate == "torn":
            log.apply_part(entry, disk, chance)
        setattr(loss, fate, getattr(loss, fate) + 1)
    return (entries[durable - 1].end if durable else start), loss
