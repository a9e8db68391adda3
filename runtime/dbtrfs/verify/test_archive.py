from __future__ import annotations

import unittest

from .archive import Archiver, compare_archiver, compare_binlog, parse_archiver
from .test_ages import CLOCK, DATABASE, ago

MINUTES = 60


class Archive(unittest.TestCase):
    def test_what_postgresql_says(self) -> None:
        line = "1800000000.5\t1800000060\t000000010000000000000007\n"
        self.assertEqual(parse_archiver(line, "\t"), Archiver(1800000000.5, 1800000060, "000000010000000000000007"))

    def test_a_failure_lasts_until_something_is_archived(self) -> None:
        (finding,) = compare_archiver(DATABASE, Archiver(100, 200, "000000010000000000000007"))
        self.assertEqual(finding.found, "000000010000000000000007 could not be archived")
        self.assertEqual(list(compare_archiver(DATABASE, Archiver(300, 200, "000000010000000000000007"))), [])
        self.assertEqual(list(compare_archiver(DATABASE, Archiver(0, 0, "-"))), [])

    def test_a_binary_log_that_is_no_longer_copied(self) -> None:
        self.assertEqual(list(compare_binlog(DATABASE, ago(125 * MINUTES), CLOCK)), [])
        (finding,) = compare_binlog(DATABASE, ago(135 * MINUTES), CLOCK)
        self.assertEqual((finding.check, finding.planned), ("log-archive", "a recovery point of 1h"))


if __name__ == "__main__":
    unittest.main()
