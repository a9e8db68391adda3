import time
import unittest
from dataclasses import replace
from pathlib import Path

from .ages import DAY, HOUR, Clock, Event, Scrub, compare_backup, compare_drill, compare_scrub, compare_snapshots
from .plan import Filesystem, read_plan
from .scrub import parse_scrub
from .snapshots import newest

FIXTURES = Path(__file__).parents[3] / "checks/fixtures"
NOW = 1_800_000_000.0
CLOCK = Clock(NOW, uptime=30 * DAY)
DATABASE = replace(
    read_plan(FIXTURES / "postgresql-oltp/expected/plan.json").databases[0], snapshots_every="1h", recovery_point="1h"
)
FILESYSTEM = Filesystem("db1", 4096, "crc32c", 1, "single", "dup", [], [])


def ago(seconds: float, happened: bool = True) -> Event:
    return Event(NOW - seconds, happened)


class Ages(unittest.TestCase):
    def test_two_snapshots_may_be_missing(self) -> None:
        self.assertEqual(list(compare_snapshots(DATABASE, ago(2 * HOUR), CLOCK)), [])
        (finding,) = compare_snapshots(DATABASE, ago(3 * HOUR), CLOCK)
        self.assertEqual((finding.found, finding.planned), ("3.0 hours ago", "every 1h"))

    def test_none_yet_on_a_young_host_and_on_an_old_one(self) -> None:
        self.assertEqual(list(compare_snapshots(DATABASE, ago(HOUR, False), CLOCK)), [])
        (finding,) = compare_snapshots(DATABASE, ago(2 * DAY, False), CLOCK)
        self.assertTrue(finding.found.startswith("none in the 2.0 days"))

    def test_after_a_boot_the_timers_get_their_time(self) -> None:
        self.assertEqual(list(compare_snapshots(DATABASE, ago(9 * DAY), Clock(NOW, uptime=300))), [])

    def test_a_backup_keeps_its_recovery_point_or_its_log_does(self) -> None:
        self.assertEqual(len(list(compare_backup(DATABASE, ago(3 * HOUR), False, CLOCK))), 1)
        self.assertEqual(list(compare_backup(DATABASE, ago(3 * HOUR), True, CLOCK)), [])
        self.assertEqual(len(list(compare_backup(DATABASE, ago(2 * DAY), True, CLOCK))), 1)

    def test_drills(self) -> None:
        self.assertEqual(list(compare_drill(DATABASE, ago(8 * DAY), True, CLOCK)), [])
        self.assertEqual(len(list(compare_drill(DATABASE, ago(20 * DAY), True, CLOCK))), 1)
        self.assertEqual([f.found for f in compare_drill(DATABASE, ago(DAY), False, CLOCK)], ["the last drill failed"])

    def test_scrubs(self) -> None:
        def found(scrub: Scrub, interval: str = "monthly") -> list[str]:
            return [f.found for f in compare_scrub(FILESYSTEM, scrub, interval, "/", CLOCK)]

        self.assertEqual(found(Scrub(ago(20 * DAY), False, {"csum_errors": 0})), [])
        self.assertEqual(found(Scrub(ago(20 * DAY), False, {}), "weekly"), ["20.0 days ago"])
        self.assertEqual(found(Scrub(ago(20 * DAY), True, {}), "weekly"), [])
        self.assertEqual(found(Scrub(ago(DAY), False, {"csum_errors": 2, "read_errors": 0})), ["csum_errors 2"])


class Scrubs(unittest.TestCase):
    # As btrfs-progs 6.14 wrote it, for two devices.
    TEXT = (
        "scrub status:1\n"
        "uuid:1|data_bytes_scrubbed:0|read_errors:0|csum_errors:1|no_csum:40|t_start:1000|t_resumed:0|duration:9|canceled:0|finished:1\n"
        "uuid:2|data_bytes_scrubbed:0|read_errors:2|csum_errors:1|no_csum:40|t_start:1000|t_resumed:1100|duration:9|canceled:0|finished:1\n"
    )

    def test_all_devices_count(self) -> None:
        scrub = parse_scrub(self.TEXT, "uuid", 5, recent=False)
        self.assertEqual(scrub.event, Event(1109, True))
        self.assertEqual((scrub.errors["csum_errors"], scrub.errors["read_errors"]), (2, 2))
        self.assertNotIn("no_csum", scrub.errors)

    def test_one_that_runs_one_that_was_stopped_and_one_that_broke_off(self) -> None:
        unfinished = self.TEXT.replace("finished:1", "finished:0")
        self.assertEqual(parse_scrub(unfinished, "uuid", 5, recent=True).running, True)
        self.assertEqual(parse_scrub(unfinished, "uuid", 5, recent=False), Scrub(Event(5, False), False, parse_scrub(self.TEXT, "uuid", 5, False).errors))
        stopped = unfinished.replace("canceled:0", "canceled:1")
        self.assertEqual(parse_scrub(stopped, "uuid", 5, recent=True).running, False)

    def test_a_file_of_another_filesystem(self) -> None:
        self.assertRaises(ValueError, parse_scrub, self.TEXT, "other", 5, False)


class Snapshots(unittest.TestCase):
    def test_the_newest_of_this_database(self) -> None:
        names = ["orders.20260101T0000", "orders.20260301T1015_1", "orders.20260301T1015", "orders2.20270101T0000", ".orders.unfinished"]
        self.assertEqual(newest("orders", names), time.mktime((2026, 3, 1, 10, 15, 0, 0, 0, -1)))
        self.assertIsNone(newest("shop", names))
