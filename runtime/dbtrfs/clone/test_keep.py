from __future__ import annotations

import unittest
from dataclasses import replace

from .keep import Seen, decide, metrics
from .policy import Policy
from .record import Clone

POLICY = Policy(ttl=60, longest=600, most=3, memory=1 << 28, space=1000, keep_free=0.1, ports=range(1, 2))
READY = Clone("dev", "orders", 1000, "orders.20261126T1400", "then", made=0, ends=600, port=1, state="ready", generation=7)
SEEN = Seen(READY, bytes=1000, unit="active", free=0.1)


class Decisions(unittest.TestCase):
    def deed(self, seen: Seen, now: float = 599) -> str:
        return decide(seen, POLICY, now)[0]

    def test_within_its_limits_it_is_left_alone(self) -> None:
        self.assertEqual(self.deed(SEEN), "leave")

    def test_its_time_ends_whatever_its_state(self) -> None:
        for clone in (replace(READY, state="making"), READY, replace(READY, state="stopped")):
            self.assertEqual(self.deed(replace(SEEN, clone=clone), 600), "remove")

    def test_what_was_never_completed_goes(self) -> None:
        self.assertEqual(self.deed(replace(SEEN, clone=replace(READY, state="making"))), "remove")

    def test_it_stops_where_it_takes_too_much(self) -> None:
        self.assertEqual(self.deed(replace(SEEN, bytes=1001)), "stop")
        self.assertEqual(self.deed(replace(SEEN, free=0.09)), "stop")

    def test_what_was_stopped_stays_so(self) -> None:
        clone = replace(READY, state="stopped", reason="it wrote too much")
        self.assertEqual(self.deed(replace(SEEN, clone=clone, unit="inactive")), "leave")

    def test_it_comes_back_with_the_host_but_not_after_a_failure(self) -> None:
        self.assertEqual(self.deed(replace(SEEN, unit="inactive")), "start")
        self.assertEqual(self.deed(replace(SEEN, unit="failed")), "leave")
        self.assertEqual(self.deed(replace(SEEN, unit=None)), "leave")


class Metrics(unittest.TestCase):
    def test_the_next_end_is_told_where_there_is_a_clone(self) -> None:
        later = replace(SEEN, clone=replace(READY, name="b", ends=900), bytes=5)
        found = {s.name: s.value for s in metrics("orders", [SEEN, later], 100.4)}
        self.assertEqual(
            found,
            {
                "dbtrfs_clones": 2,
                "dbtrfs_clones_bytes": 1005,
                "dbtrfs_clones_next_end_timestamp_seconds": 600,
                "dbtrfs_clones_timestamp_seconds": 100,
            },
        )
        self.assertNotIn("dbtrfs_clones_next_end_timestamp_seconds", {s.name for s in metrics("orders", [], 100)})
