import unittest
from pathlib import Path

from ..backup_host.configuration import parse
from ..restore.problems import Refused
from .answers import mount_line
from .listing import visible
from .requests import Asker, Request, parse_request

DATABASE = {"recoveryPoint": "1h", "retention": "/etc/x.conf", "instance": None}
HOST = parse(
    {
        "directory": "/srv/backup",
        "mountPoint": "/srv",
        "metricsDirectory": "/var/lib/dbtrfs/metrics",
        "hosts": {
            "db1": {"spaceLimit": None, "databases": {"orders": DATABASE, "carts": DATABASE}},
            "db2": {"spaceLimit": None, "databases": {"orders": DATABASE}},
        },
    }
)
OWN = "/srv/backup/db1/orders"


def ask(text: str, role: str = "backup") -> Request:
    return parse_request(text, Asker(HOST, HOST.senders["db1"], role))


class Requests(unittest.TestCase):
    def test_what_btrbk_asks_a_target_for(self) -> None:
        """In its order, as btrbk 0.32.5 was seen to write it."""
        asked = (
            ("cat /proc/self/mountinfo", "mounts"),
            (f"sudo -n readlink -v -e '{OWN}'", "resolve"),
            ("sudo -n btrfs subvolume list -a -c -u -q -R '/srv'", "list"),
            ("sudo -n btrfs subvolume list -a -r '/srv'", "list"),
            ("sudo -n btrfs subvolume show --rootid=5 '/srv'", "show"),
            (f"sudo -n btrfs receive '{OWN}/'", "receive"),
            (f"sudo -n btrfs subvolume show '{OWN}/orders.20261126T1000'", "show"),
            (f"sudo -n btrfs subvolume delete --commit-each '{OWN}/orders.20261126T1000'", "delete"),
        )
        self.assertEqual([ask(text).kind for text, _ in asked], [kind for _, kind in asked])
        received = ask(f"btrfs receive {OWN}")
        self.assertEqual(received.sent and received.sent.directory, Path(OWN))

    def test_what_a_restore_asks_for(self) -> None:
        self.assertEqual(ask("list orders", "restore").kind, "names")
        self.assertEqual(ask("send orders latest", "restore").name, "latest")

    def test_a_key_does_one_thing(self) -> None:
        for text, role in (("list orders", "backup"), ("send orders latest", "backup"), (f"btrfs receive {OWN}", "restore")):
            with self.assertRaisesRegex(Refused, "this key is for"):
                ask(text, role)

    def test_everything_else_is_refused(self) -> None:
        refused = (
            "",
            "sh",
            "cat",
            "cat /etc/passwd",
            "btrfs receive",
            "btrfs receive /srv/backup/db2/orders",
            "btrfs receive /srv/backup/db1",
            f"btrfs receive {OWN}/../../db2/orders",
            f"btrfs receive -f /etc/passwd {OWN}",
            f"btrfs receive {OWN}//",
            f"btrfs send {OWN}/orders.20261126T1000",
            f"btrfs subvolume show {OWN}/..",
            "btrfs subvolume show /srv/backup/db2/orders/orders.20261126T1000",
            f"btrfs subvolume show {OWN}/orders.20261126T1000/below",
            "btrfs subvolume list -o /srv",
            "btrfs subvolume list -a /",
            "btrfs subvolume delete",
            "btrfs subvolume delete -i 5 /srv",
            f"btrfs subvolume delete {OWN}/a /srv/backup/db1/carts/b",
            f"btrfs subvolume snapshot {OWN}/a {OWN}/b",
            f"sudo -n readlink -e '{OWN}' | id",
            f"sudo -n readlink -e '{OWN}'; id",
            f"sudo -n readlink -e '{OWN}'\nid",
            f"sudo -n readlink -e '{OWN}",
            "sudo -n -u root sh",
        )
        for text in refused:
            with self.subTest(text), self.assertRaises(Refused):
                ask(text)


class Listing(unittest.TestCase):
    LINES = (
        "ID 256 gen 9 cgen 7 top level 5 parent_uuid - received_uuid - uuid 11 path backup/db1",
        "ID 257 gen 9 cgen 7 top level 5 parent_uuid - received_uuid - uuid 12 path backup/db2",
        "ID 258 gen 9 cgen 7 top level 256 parent_uuid - received_uuid 1d uuid 13 path <FS_TREE>/backup/db1/orders/orders.20261126T1000",
        "ID 259 gen 9 cgen 7 top level 256 parent_uuid 13 received_uuid - uuid 14 path <FS_TREE>/backup/db1/orders/orders.20261126T1100",
        "ID 260 gen 9 cgen 7 top level 257 parent_uuid - received_uuid 2d uuid 15 path <FS_TREE>/backup/db2/orders/orders.20261126T1000",
        "ID 261 gen 9 cgen 7 top level 5 parent_uuid - received_uuid - uuid 16 path backup/db10",
    )

    def test_a_host_sees_its_own_that_arrived_whole_and_nothing_of_others(self) -> None:
        self.assertEqual(visible(self.LINES, "backup/db1"), [self.LINES[0], self.LINES[2]])

    def test_the_list_of_read_only_ones_has_no_uuid(self) -> None:
        line = "ID 258 gen 9 top level 256 path <FS_TREE>/backup/db1/orders/orders.20261126T1000"
        self.assertEqual(visible([line, line.replace("db1", "db2")], "backup/db1"), [line])


class Mounts(unittest.TestCase):
    TEXT = (
        "22 1 0:21 / / rw - ext4 /dev/a rw\n"
        "23 22 0:22 /@old /srv rw - btrfs /dev/b rw\n"
        "24 22 0:22 /@backup /srv rw - btrfs /dev/b rw\n"
    )

    def test_the_mount_that_is_seen(self) -> None:
        self.assertIn("/@backup /srv", mount_line(self.TEXT, Path("/srv")))

    def test_without_the_disk_nothing_is_said(self) -> None:
        with self.assertRaisesRegex(Refused, "not mounted"):
            mount_line(self.TEXT, Path("/mnt"))
