from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from ..restore.problems import Refused
from ..restore.test_copy_plan import instance
from .mend import mend
from .page import Page, crc32c

SIZE = 16384


def page(lsn: int, space: int = 0, number: int = 5, body: bytes = b"") -> bytes:
    """As InnoDB writes it."""
    head = number.to_bytes(4, "big") + bytes(8) + lsn.to_bytes(8, "big") + bytes(2)
    data = body.ljust(SIZE - 46, b"\0")
    checksum = (crc32c(head) ^ crc32c(data)).to_bytes(4, "big")
    return checksum + head + bytes(8) + space.to_bytes(4, "big") + data + checksum + lsn.to_bytes(8, "big")[4:]


def torn(new: bytes, old: bytes) -> bytes:
    return new[: SIZE // 2] + old[SIZE // 2 :]


HOLD = """import fcntl, sys
file = open(sys.argv[1], "r+b")
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()"""


class Checksum(unittest.TestCase):
    def test_the_check_value_of_crc_32c(self) -> None:
        self.assertEqual(crc32c(b"123456789"), 0xE3069283)

    def test_what_a_page_says_of_itself(self) -> None:
        found = Page(page(7 << 32, space=3, number=9))
        self.assertEqual((found.lsn, found.space, found.number, found.is_whole), (7 << 32, 3, 9, True))

    def test_any_byte_that_differs_shows(self) -> None:
        whole = page(1000, body=b"x" * 9000)
        for offset in (0, 4, 20, 40, 9000, SIZE - 8, SIZE - 1):
            wrong = whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :]
            self.assertFalse(Page(wrong).is_whole, offset)


class Mending(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.mount = Path(folder.name)
        self.host = instance(mount_point=folder.name, data_directory=folder.name)
        self.old, self.new = page(1000, body=b"old" * 5000), page(2000, body=b"new" * 5000)

    def written(self, present: bytes, *copies: bytes) -> None:
        (self.mount / "ibdata1").write_bytes(b"before".ljust(5 * SIZE, b".") + present + b"after")
        (self.mount / "#ib_16384_0.dblwr").write_bytes(bytes(SIZE))
        (self.mount / "#ib_16384_1.dblwr").write_bytes(b"".join(copies))
        (self.mount / "#ib_16384_1.bdblwr").write_bytes(b"no pages")

    def assert_holds(self, expected: bytes) -> None:
        self.assertEqual((self.mount / "ibdata1").read_bytes(), b"before".ljust(5 * SIZE, b".") + expected + b"after")

    def test_a_torn_page_is_replaced_by_the_newest_whole_copy_and_kept(self) -> None:
        other = page(3000, number=6)
        for present in (torn(self.new, self.old), torn(self.old, self.new), bytes(SIZE)):
            self.written(present, self.old, other, self.new, page(4000, space=1), torn(page(5000), self.old))
            self.assertIn("was torn", mend(self.host))
            self.assert_holds(self.new)
            self.assertEqual((self.mount / ".dbtrfs/ibdata1.page-5.torn").read_bytes(), present)

    def test_a_whole_page_stays(self) -> None:
        self.written(self.old, self.new)
        self.assertIn("nothing was done", mend(self.host))
        self.assert_holds(self.old)

    def refused(self, present: bytes, reason: str) -> None:
        with self.assertRaisesRegex(Refused, reason):
            mend(self.host)
        self.assert_holds(present)

    def test_no_copy_or_one_that_is_too_old(self) -> None:
        present = torn(self.new, self.old)
        self.written(present, page(3000, number=6))
        self.refused(present, "no doublewrite file")
        self.written(present, self.old)
        self.refused(present, "of LSN 2000; the newest copy in .* is older, 1000")

    def test_without_doublewrite_files(self) -> None:
        present = torn(self.new, self.old)
        self.written(present)
        for file in self.mount.glob("*.dblwr"):
            file.unlink()
        self.refused(present, "found none")

    def test_a_server_that_runs(self) -> None:
        present = torn(self.new, self.old)
        self.written(present, self.new)
        command = [sys.executable, "-c", HOLD, str(self.mount / "ibdata1")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
            assert server.stdout
            self.assertEqual(server.stdout.readline(), b"held\n")
            self.refused(present, "systemctl stop mysql")
            server.kill()

    def test_another_engine(self) -> None:
        self.written(self.old)
        self.host = replace(self.host, engine="mariadb")
        self.refused(self.old, "is mariadb")
