import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from .btrfs import Device, Space, State, read_counters, read_space
from .filesystems import compare_devices, compare_errors, compare_format, compare_profiles
from .plan import Filesystem
from .space import compare_space

GIB = 1 << 30
PLANNED = Filesystem("db1", 4096, "xxhash", 2, "raid1", "raid1", [], [])
DISK = Device("/dev/vda", 100 * GIB, 40 * GIB, False, {"write_errs": 0, "corruption_errs": 0})
SPACES = {kind: Space(10 * GIB, 5 * GIB, ["raid1"]) for kind in ("data", "metadata", "system")}
STATE = State("uuid", 4096, "xxhash64", [DISK, replace(DISK, path="/dev/vdb")], SPACES, {})


class Filesystems(unittest.TestCase):
    def test_nothing_is_found_where_all_is_as_planned(self) -> None:
        found = [
            *compare_format(PLANNED, STATE),
            *compare_profiles(PLANNED, STATE, "/"),
            *compare_devices(PLANNED, STATE),
            *compare_errors(PLANNED, STATE, "/"),
            *compare_space(PLANNED, STATE, 0.5, "/"),
        ]
        self.assertEqual(found, [])

    def test_format(self) -> None:
        other = replace(STATE, nodesize=16384, checksum="crc32c")
        self.assertEqual([f.found for f in compare_format(PLANNED, other)], ["nodesize 16384", "checksum crc32c"])

    def test_two_profiles_at_once(self) -> None:
        mixed = replace(STATE, spaces=SPACES | {"data": Space(1, 1, ["raid1", "single"])})
        (finding,) = compare_profiles(PLANNED, mixed, "/srv")
        self.assertEqual((finding.subject, finding.found), ("db1, data", "raid1 and single"))
        self.assertIn("btrfs balance start -dconvert=raid1,soft /srv", finding.advice)

    def test_a_lost_and_an_added_device(self) -> None:
        lost = replace(STATE, devices=[DISK, replace(DISK, path="devid 2", missing=True)])
        self.assertEqual([f.found for f in compare_devices(PLANNED, lost)], ["devid 2 is missing"])
        added = replace(STATE, devices=[*STATE.devices, DISK])
        self.assertEqual([f.found for f in compare_devices(PLANNED, added)], ["3 devices"])

    def test_device_errors(self) -> None:
        bad = replace(STATE, devices=[DISK, replace(DISK, path="/dev/vdb", errors={"write_errs": 0, "corruption_errs": 3})])
        (finding,) = compare_errors(PLANNED, bad, "/")
        self.assertEqual((finding.subject, finding.found), ("db1, /dev/vdb", "corruption_errs 3"))

    def test_little_space(self) -> None:
        self.assertEqual([f.found for f in compare_space(PLANNED, STATE, 0.04, "/")], ["4% free"])
        full = replace(STATE, devices=[replace(DISK, allocated=100 * GIB - (1 << 20))])
        self.assertEqual([f.found for f in compare_space(PLANNED, full, 0.5, "/")], ["1 MiB unallocated"])

    def test_the_kernel_s_files(self) -> None:
        self.assertEqual(read_counters("write_errs 0\nread_errs 12\n"), {"write_errs": 0, "read_errs": 12})
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "total_bytes").write_text("100\n")
            (folder / "bytes_used").write_text("60\n")
            for profile in ("single", "dup"):
                (folder / profile).mkdir()
                (folder / profile / "total_bytes").write_text("50\n")
            self.assertEqual(read_space(folder), Space(100, 60, ["dup", "single"]))
