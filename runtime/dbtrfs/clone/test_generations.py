from __future__ import annotations

import unittest

from .generations import ARGUMENTS, EXTENT, EXTENT_DATA, ITEM, SEARCH, Key, items_in

INODE_ITEM = 1
OFFSET_AND_LENGTH = bytes(16)  # of the extent's part that a file has


def item(kind: int, inode: int, offset: int, body: bytes) -> bytes:
    return ITEM.pack(9, inode, offset, kind, len(body)) + body


def extent(generation: int, address: int, size: int, kind: int = 1) -> bytes:
    return EXTENT.pack(generation, size, 0, 0, 0, kind, address, size) + OFFSET_AND_LENGTH


def found(*items: bytes) -> bytearray:
    return bytearray(ARGUMENTS.pack(0, 0, 0, 0, 0, 0, 0, 0, 0, len(items), 0) + b"".join(items))


class Search(unittest.TestCase):
    def test_the_call_is_the_kernels(self) -> None:
        read_and_write, size, kind, number = 3, ARGUMENTS.size, 0x94, 17
        self.assertEqual(SEARCH, read_and_write << 30 | size << 16 | kind << 8 | number)

    def test_extents_on_the_disk_are_told_from_all_else(self) -> None:
        buffer = found(
            item(INODE_ITEM, 257, 0, bytes(160)),
            item(EXTENT_DATA, 257, 0, extent(7, 4096, 8192)),
            item(EXTENT_DATA, 257, 8192, extent(7, 0, 4096)),  # a hole
            item(EXTENT_DATA, 258, 0, extent(7, 4096, 100, kind=0)),  # inline
            item(EXTENT_DATA, 258, 4096, extent(8, 16384, 4096, kind=2)),  # preallocated
        )
        self.assertEqual([extent for _, extent in items_in(buffer)], [None, (7, 4096, 8192), None, None, (8, 16384, 4096)])

    def test_it_goes_on_behind_the_last(self) -> None:
        last = list(items_in(found(item(EXTENT_DATA, 257, 8192, extent(7, 4096, 8192)))))[-1][0]
        self.assertEqual(last.next(), Key(257, EXTENT_DATA, 8193))
