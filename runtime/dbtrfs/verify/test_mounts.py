import unittest
from pathlib import Path

from .mounts import compare_mounts, compare_options, compare_subvolumes, parse_mountinfo
from .plan import read_plan

FIXTURES = Path(__file__).parents[3] / "checks/fixtures"
# As a host of the lab had it; @db-orders is mounted twice, as after a second mount over the first.
LINES = {
    "/": "29 1 0:25 /@root / rw,noatime shared:1 - btrfs /dev/vda2 rw,space_cache=v2,subvolid=256,subvol=/@root",
    "/nix": "32 29 0:25 /@nix /nix rw,noatime - btrfs /dev/vda2 rw,space_cache=v2",
    "/home": "33 29 0:25 /@home /home rw,noatime - btrfs /dev/vda2 rw,space_cache=v2",
    "/var/log": "34 29 0:25 /@log /var/log rw,noatime - btrfs /dev/vda2 rw,space_cache=v2",
    "/var/lib/postgresql": "35 29 0:25 /@db-orders /var/lib/postgresql rw,nosuid,nodev,noexec,noatime - btrfs /dev/vda2 rw,space_cache=v2",
    "/var/lib/postgresql/wal": "37 35 254:1 / /var/lib/postgresql/wal rw,nosuid,nodev,noexec,noatime - xfs /dev/vda3 rw",
    "/var/lib/dbtrfs/snapshots": "36 29 0:25 /@snapshots /var/lib/dbtrfs/snapshots rw,nosuid,nodev,noexec,noatime - btrfs /dev/vda2 rw,space_cache=v2",
}
DATA = "/var/lib/postgresql"


class Mounts(unittest.TestCase):
    def setUp(self) -> None:
        self.plan = read_plan(FIXTURES / "postgresql-oltp/expected/plan.json")
        self.lines = dict(LINES)

    def found(self) -> list[str]:
        mounts = parse_mountinfo("\n".join(self.lines.values()))
        compare = (compare_mounts, compare_subvolumes, compare_options)
        return [f"{f.check} {f.subject}: {f.found}" for c in compare for f in c(self.plan, mounts)]

    def test_nothing_is_found_where_all_is_as_planned(self) -> None:
        self.assertEqual(self.found(), [])

    def test_a_missing_mount(self) -> None:
        del self.lines[DATA]
        self.assertEqual(self.found(), [f"mounts {DATA}: nothing is mounted here"])

    def test_another_filesystem(self) -> None:
        self.lines[DATA] = f"35 29 0:9 / {DATA} rw,nosuid,nodev,noexec,noatime - ext4 /dev/vdb rw"
        self.assertEqual(self.found(), [f"mounts {DATA}: ext4"])

    def test_the_last_mount_on_a_point_is_seen(self) -> None:
        self.lines["second"] = self.lines[DATA].replace("@db-orders", "@old")
        self.assertEqual(self.found(), [f"subvolumes {DATA}: /@old"])

    def test_an_option_that_is_missing(self) -> None:
        self.lines[DATA] = self.lines[DATA].replace(",noexec", "")
        self.assertEqual(self.found(), [f"mount-options {DATA}: without noexec"])

    def test_a_write_option_is_told_once_for_the_filesystem(self) -> None:
        self.lines = {path: line.replace("space_cache=v2", "space_cache=v2,compress=zstd:3") for path, line in self.lines.items()}
        self.assertEqual(self.found(), ["mount-options db1: mounted with compress=zstd:3"])

    def test_a_filesystem_that_was_forced_read_only(self) -> None:
        self.lines[DATA] = self.lines[DATA].replace("vda2 rw", "vda2 ro")
        self.assertEqual(self.found(), [f"mount-options {DATA}: read-only"])

    def test_names_with_blanks(self) -> None:
        line = r"40 29 0:25 /my\040root /srv/my\040data rw - btrfs /dev/vdb rw"
        self.assertEqual(parse_mountinfo(line)["/srv/my data"].root, "/my root")
