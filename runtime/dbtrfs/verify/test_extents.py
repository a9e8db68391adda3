import tempfile
import unittest
from pathlib import Path

from .directory import read_directory
from .extents import Extent, Layout, summarise


class Extents(unittest.TestCase):
    def test_pieces_that_follow_one_another_are_one(self) -> None:
        extents = [
            Extent(0, 1000, 100, False, False),
            Extent(100, 1100, 100, False, True),
            Extent(200, 5000, 50, True, False),
        ]
        self.assertEqual(summarise(extents), Layout(extents=2, size=250, compressed=50, shared=100))

    def test_an_empty_file(self) -> None:
        self.assertEqual(summarise([]), Layout(0, 0, 0, 0))


class Walking(unittest.TestCase):
    def test_another_filesystem_s_flags_are_not_asked_for(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "segment").write_bytes(bytes(1 << 16))
            found = read_directory(name, [], on_btrfs=False, sample=True)
        self.assertEqual((found.attributes, found.below, found.files, found.mode), (None, [], [], 0o700))

    def test_a_directory_that_is_not_there(self) -> None:
        self.assertRaises(FileNotFoundError, read_directory, "/nowhere", [], True, True)
