import unittest

from dbtrfs.instances import Configuration
from dbtrfs.metrics import line

from .ages import Clock, Event, Scrub
from .btrfs import Device, Space, State
from .directory import Directory, File
from .extents import Layout
from .facts import DatabaseFacts, Facts, FilesystemFacts
from .figures import figures
from .inode import Attributes
from .plan import Database, Filesystem, Plan

DEVICE = Device("/dev/vda", 100, 40, False, {"write_errs": 0, "corruption_errs": 3})
SPACES = {"data": Space(30, 10, ["single"]), "metadata": Space(8, 7, ["dup"]), "system": Space(1, 1, ["dup"])}
COMMITS = {"commits": 4, "total_commit_ms": 2500, "max_commit_ms": 1500}
STATE = State("uuid", 4096, "crc32c", [DEVICE], SPACES, COMMITS)
FILESYSTEM = Filesystem("db1", 4096, "crc32c", 1, "single", "dup", [], [])
DATABASE = Database("orders", "postgresql", "17", "/srv", "/srv/17", [], [], True, "1h", None)


def file(path: str, no_cow: bool, extents: int, size: int, shared: int) -> File:
    return File(path, Attributes(no_cow, None), Layout(extents, size, 0, shared), None)


def facts(files: list[File], snapshot: Event | None) -> Facts:
    directory = Directory("postgres", "postgres", 0o750, None, [], files)
    database = DatabaseFacts(DATABASE, {"/srv": directory}, None, [], snapshot, None, False, None, None, None, True)
    scrub = Scrub(Event(1000, True), False, {"csum_errors": 2, "read_errors": 1})
    filesystem = FilesystemFacts(FILESYSTEM, "/srv", STATE, 0.5, scrub)
    plan = Plan("db1", [FILESYSTEM], [], [DATABASE], "monthly")
    return Facts(plan, Configuration({}, "/metrics"), Clock(0, 0), {}, [filesystem], [database], [])


class Figures(unittest.TestCase):
    def lines(self, files: list[File], snapshot: Event | None = None) -> list[str]:
        return [line(sample) for sample in figures(facts(files, snapshot))]

    def test_a_filesystem(self) -> None:
        self.assertEqual(
            self.lines([]),
            [
                'dbtrfs_size_bytes{filesystem="db1"} 100',
                'dbtrfs_unallocated_bytes{filesystem="db1"} 60',
                'dbtrfs_data_free_bytes{filesystem="db1"} 20',
                'dbtrfs_metadata_free_bytes{filesystem="db1"} 1',
                'dbtrfs_device_errors_total{device="/dev/vda",filesystem="db1",kind="write"} 0',
                'dbtrfs_device_errors_total{device="/dev/vda",filesystem="db1",kind="corruption"} 3',
                'dbtrfs_commits_total{filesystem="db1"} 4',
                'dbtrfs_commit_seconds_total{filesystem="db1"} 2.5',
                'dbtrfs_commit_max_seconds{filesystem="db1"} 1.5',
                'dbtrfs_scrub_timestamp_seconds{filesystem="db1"} 1000',
                'dbtrfs_scrub_errors{filesystem="db1"} 3',
            ],
        )

    def test_files_of_a_database(self) -> None:
        files = [file("/srv/17/base/5/1", False, 9, 400, 400), file("/srv/wal/1", True, 2, 100, 75), file("/srv/wal/2", True, 1, 100, 0)]
        found = self.lines(files, Event(500, True))
        self.assertIn('dbtrfs_largest_file_extents{database="orders",file="17/base/5/1"} 9', found)
        self.assertIn('dbtrfs_nocow_shared_ratio{database="orders"} 0.375', found)
        self.assertIn('dbtrfs_snapshot_newest_timestamp_seconds{database="orders"} 500', found)

    def test_without_nocow_files_and_snapshots(self) -> None:
        found = "\n".join(self.lines([file("/srv/17/base/5/1", False, 9, 400, 400)], Event(500, False)))
        self.assertNotIn("nocow_shared_ratio", found)
        self.assertNotIn("snapshot_newest", found)
