import unittest
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ..backup_host.configuration import Sender, Sent
from ..backup_host.limits import Usage
from ..backup_host.store import Arrival, Stored
from ..backup_host.subvolume import Subvolume
from ..restore.snapshots import Snapshot
from ..verify.ages import Clock
from .findings import run_checks
from .gather import DatabaseFacts, Facts, SenderFacts
from .report import as_metrics, findings_of

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SENT = Sent("db1", "orders", Path("/srv/backup/db1/orders"), "1h", "/etc/x.conf", None)


def arrival(age: timedelta, **changes: object) -> Arrival:
    """One that arrived whole and builds on another, a minute after it was taken."""
    taken = NOW - age
    snapshot = Snapshot(SENT.directory / f"orders.{taken:%Y%m%dT%H%M}", taken, {})
    subvolume = Subvolume(300, True, "own", "parent", "source", taken.timestamp() + 60, taken.timestamp())
    return Arrival(snapshot, replace(subvolume, **changes), has_facts=True)


def facts(*arrivals: Arrival, busy: bool = False, others: tuple[Path, ...] = ()) -> Facts:
    stored = Stored(sorted(arrivals, key=lambda a: a.snapshot.taken), list(others))
    database = DatabaseFacts(SENT, stored, "", (NOW - 48 * HOUR).timestamp(), busy)
    return Facts(Clock(NOW.timestamp(), 86400), [database], [], [])


def found(of: Facts) -> list[tuple[str, str]]:
    return [(finding.check, finding.found) for finding in findings_of(run_checks(of))]


PARTIAL = {"read_only": False, "received": None}


class Findings(unittest.TestCase):
    def test_nothing_is_wrong_with_a_young_whole_snapshot(self) -> None:
        self.assertEqual(found(facts(arrival(HOUR), arrival(2 * HOUR))), [])

    def test_a_host_that_stopped_sending(self) -> None:
        self.assertEqual(found(facts(arrival(3 * HOUR))), [("age", "3.0 hours ago")])
        self.assertEqual([check for check, _ in found(facts())], ["age"])

    def test_a_transfer_that_broke_off_is_no_backup(self) -> None:
        self.assertEqual([check for check, _ in found(facts(arrival(HOUR, **PARTIAL)))], ["age", "partial"])

    def test_one_that_goes_on_is_none_that_broke(self) -> None:
        self.assertEqual(found(facts(arrival(HOUR), arrival(timedelta(0), **PARTIAL), busy=True)), [])

    def test_what_was_written_to_since(self) -> None:
        self.assertEqual(
            found(facts(arrival(HOUR), arrival(2 * HOUR, read_only=False))), [("changed", "received, and writable now")]
        )

    def test_what_is_no_snapshot_of_the_database(self) -> None:
        checks = [check for check, _ in found(facts(arrival(HOUR), others=(Path("/srv/backup/db1/orders/mine"),)))]
        self.assertEqual(checks, ["changed"])

    def test_one_that_dbtrfs_did_not_take(self) -> None:
        self.assertEqual(found(facts(replace(arrival(HOUR), has_facts=False))), [("facts", "no .dbtrfs-snapshot")])

    def test_a_chain_that_began_anew(self) -> None:
        self.assertEqual([check for check, _ in found(facts(arrival(2 * HOUR), arrival(HOUR, parent=None)))], ["chain"])
        self.assertEqual(found(facts(arrival(HOUR, parent=None))), [])

    def test_a_time_that_had_not_come_when_it_arrived(self) -> None:
        early = (NOW - 2 * HOUR).timestamp()
        self.assertEqual([check for check, _ in found(facts(arrival(HOUR, received_at=early)))], ["clock"])

    def test_a_host_that_will_soon_be_at_its_limit(self) -> None:
        sender = Sender("db1", Path("/srv/backup/db1"), 100 << 30, {})
        for used, checks in ((80, []), (95, ["space"])):
            full = replace(facts(arrival(HOUR)), senders=[SenderFacts(sender, Usage(used << 30, sender.limit))])
            self.assertEqual([check for check, _ in found(full)], checks)

    def test_directories_that_no_configuration_names(self) -> None:
        self.assertEqual(
            found(replace(facts(arrival(HOUR)), unknown=[Path("/srv/backup/db9")])), [("unknown", "in no configuration")]
        )

    def test_metrics_say_which_database_of_which_host(self) -> None:
        of = facts(arrival(HOUR))
        (sample,) = [s for s in as_metrics(of, run_checks(of)) if s.name == "dbtrfs_received_timestamp_seconds"]
        self.assertEqual((sample.labels, sample.value), ({"sender": "db1", "database": "orders"}, (NOW - HOUR).timestamp()))
