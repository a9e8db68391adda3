from __future__ import annotations

import unittest
from pathlib import Path

from .report import listed, snapshot_facts
from .snapshots import Snapshot, described


def snapshot(name: str, **facts: str) -> Snapshot:
    found = described("orders", Path("/snapshots") / name, {"taken": "2026-11-26T14:00:00+01:00", **facts})
    assert found is not None
    return found


class Listing(unittest.TestCase):
    def test_where_the_log_is(self) -> None:
        def log(elsewhere: bool, **facts: str) -> str:
            return str(snapshot_facts(snapshot("orders.20261126T1400", **facts), elsewhere)["log"])

        self.assertEqual(log(False), "in the subvolume")
        self.assertEqual(log(True), "copied")
        self.assertEqual(log(True, wal="01..02"), "WAL 01..02")

    def test_columns_are_aligned(self) -> None:
        table = listed([snapshot("orders.20261126T1400", binlog="b.000003 157  ")], log_is_elsewhere=False).splitlines()
        self.assertEqual(table[0].index("LOG"), table[1].index("in the subvolume"))
        self.assertTrue(table[1].endswith("b.000003 157"))
