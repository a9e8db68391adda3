"""What a replayed log may leave on a disk. Run with `python3 -m unittest discover checks/lab/driver`."""

from __future__ import annotations

import os
import random
import struct
import tempfile
import unittest
from pathlib import Path

from write_log import DISCARD, FLUSH, FUA, MAGIC, SECTOR, WriteLog, replay

BLOCK = 8
END = 1 << 62


def write_log(path: Path, entries: list[tuple[int, int, bytes]]) -> None:
    """Entries of (flags, sector, data), as blklogwrites writes them."""
    with path.open("wb") as file:
        file.write(struct.pack("<QQQI", MAGIC, 1, len(entries), SECTOR).ljust(SECTOR, b"\0"))
        for flags, sector, data in entries:
            length = BLOCK * SECTOR if flags & DISCARD else len(data)
            file.write(struct.pack("<QQQQ", sector, length // SECTOR, flags, 0).ljust(SECTOR, b"\0") + data)


def block(value: int) -> bytes:
    return bytes([value]) * (BLOCK * SECTOR)


class ReplayTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def replayed(self, entries: list[tuple[int, int, bytes]], mode: str, seed: int = 1, end: int = END) -> list[int]:
        """The first byte of each of eight blocks."""
        write_log(self.folder / "log", entries)
        disk = os.open(self.folder / "disk", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.ftruncate(disk, 8 * BLOCK * SECTOR)
        log = WriteLog(self.folder / "log")
        replay(log, disk, SECTOR, end, mode, random.Random(seed))
        log.close()
        content = os.pread(disk, 8 * BLOCK * SECTOR, 0)
        os.close(disk)
        return [content[i * BLOCK * SECTOR] for i in range(8)]

    written = [(0, 0, block(1)), (FLUSH, 0, b""), (0, BLOCK, block(2)), (0, 0, block(3))]

    def test_what_was_flushed_is_there_and_the_rest_is_not(self) -> None:
        self.assertEqual(self.replayed(self.written, "none")[:2], [1, 0])

    def test_a_disk_may_have_kept_everything(self) -> None:
        self.assertEqual(self.replayed(self.written, "all")[:2], [3, 2])

    def test_a_disk_may_have_kept_any_part(self) -> None:
        seen = {tuple(self.replayed(self.written, "some", seed)[:2]) for seed in range(60)}
        self.assertEqual(seen, {(1, 0), (3, 0), (1, 2), (3, 2)})

    def test_a_write_that_bypasses_the_cache_stays(self) -> None:
        self.assertEqual(self.replayed([(0, 0, block(1)), (FUA, BLOCK, block(2))], "none")[:2], [0, 2])

    def test_a_discarded_range_reads_as_zeroes(self) -> None:
        self.assertEqual(self.replayed([(0, 0, block(1)), (DISCARD, 0, b""), (FLUSH, 0, b"")], "none")[0], 0)

    def test_an_unfinished_entry_never_happened(self) -> None:
        cut = SECTOR + (SECTOR + BLOCK * SECTOR) + SECTOR + SECTOR + 100
        self.assertEqual(self.replayed(self.written, "all", end=cut)[:2], [1, 0])

    def test_a_log_without_a_write_is_one(self) -> None:
        (self.folder / "empty").touch()
        self.assertEqual(list(WriteLog(self.folder / "empty").entries()), [])

    def test_something_else_is_refused(self) -> None:
        (self.folder / "other").write_bytes(b"x" * 4096)
        with self.assertRaisesRegex(ValueError, "not a write log"):
            WriteLog(self.folder / "other")

    def test_flushed_writes_survive_every_cut(self) -> None:
        chance = random.Random(4)
        for _ in range(200):
            entries = [
                (FLUSH, 0, b"") if chance.random() < 0.3 else (0, chance.randrange(8) * BLOCK, block(chance.randrange(1, 200)))
                for _ in range(20)
            ]
            last = max((i for i, entry in enumerate(entries) if entry[0] == FLUSH), default=-1)
            durable = [0] * 8
            for _flags, sector, data in entries[:last]:
                if data:
                    durable[sector // BLOCK] = data[0]
            touched = {sector // BLOCK for _flags, sector, data in entries[last + 1 :] if data}
            after = self.replayed(entries, "some", chance.randrange(1000))
            untouched = [i for i in range(8) if i not in touched]
            self.assertEqual([after[i] for i in untouched], [durable[i] for i in untouched])


if __name__ == "__main__":
    unittest.main()
