from __future__ import annotations

import os
import time
import unittest
from datetime import datetime
from pathlib import Path

from .moments import parse_moment
from .problems import NotFound
from .snapshots import Snapshot, choose, described, parse_facts


def snapshot(name: str, facts: dict[str, str] | None = None) -> Snapshot:
    found = described("orders", Path("/snapshots") / name, facts or {})
    assert found is not None
    return found


class InBerlin(unittest.TestCase):
    def setUp(self) -> None:
        self.zone = os.environ.get("TZ")
        os.environ["TZ"] = "Europe/Berlin"
        time.tzset()

    def tearDown(self) -> None:
        if self.zone is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = self.zone
        time.tzset()


class Moments(InBerlin):
    def test_without_a_zone_it_is_the_machines(self) -> None:
        expected = datetime.fromisoformat("2026-11-26T13:00:00+00:00")
        for text in ("2026-11-26 14:00", "2026-11-26T14:00", "2026-11-26T13:00:00Z", "2026-11-26T08:00:00-05:00"):
            self.assertEqual(parse_moment(text), expected, text)

    def test_what_is_no_time_is_said_with_the_way_to_write_one(self) -> None:
        with self.assertRaisesRegex(NotFound, '"yesterday" is no time. Write it as 2026-11-26T14:00:00'):
            parse_moment("yesterday")


class Names(InBerlin):
    def test_another_databases_and_unfinished_ones_are_none(self) -> None:
        for name in ("orders2.20261126T1400", ".orders.unfinished", "orders", "orders.20261126T1400.old"):
            self.assertIsNone(described("orders", Path(name), {}), name)

    def test_the_fact_counts_more_than_the_name(self) -> None:
        named = snapshot("orders.20261126T1400_1")
        self.assertEqual(named.taken.isoformat(), "2026-11-26T14:00:00+01:00")
        taken = snapshot("orders.20261126T1400", {"taken": "2026-11-26T14:00:42+01:00"})
        self.assertEqual(taken.taken.isoformat(), "2026-11-26T14:00:42+01:00")

    def test_facts_are_lines(self) -> None:
        self.assertEqual(parse_facts("taken=x\nbinlog=b.000003 157  \n"), {"taken": "x", "binlog": "b.000003 157  "})


class Choice(InBerlin):
    known = ("orders.20261126T1500", "orders.20261126T1300", "orders.20261126T1400", "orders.before-restore.20261126T1600")

    def chosen(self, at: str) -> str:
        return choose([snapshot(name) for name in self.known], at).name

    def test_latest_is_none_that_a_restore_put_aside(self) -> None:
        self.assertEqual(self.chosen("latest"), "orders.20261126T1500")

    def test_the_newest_that_is_not_later(self) -> None:
        self.assertEqual(self.chosen("2026-11-26 14:59"), "orders.20261126T1400")
        self.assertEqual(self.chosen("2026-11-26 14:00"), "orders.20261126T1400")
        self.assertEqual(self.chosen("2026-11-26 13:59:59"), "orders.20261126T1300")

    def test_by_its_own_name(self) -> None:
        self.assertEqual(self.chosen("orders.before-restore.20261126T1600"), "orders.before-restore.20261126T1600")

    def test_earlier_than_all_names_the_oldest(self) -> None:
        with self.assertRaisesRegex(NotFound, "the oldest is orders.20261126T1300"):
            self.chosen("2026-11-26 12:00")

    def test_none_at_all(self) -> None:
        with self.assertRaisesRegex(NotFound, "There is no snapshot"):
            choose([snapshot("orders.before-restore.20261126T1600")], "latest")
