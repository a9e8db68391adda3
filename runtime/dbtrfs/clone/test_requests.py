from __future__ import annotations

import json
import unittest

from ..restore.problems import NotFound
from . import words
from .request import Request, read, write

ODD = ("", "A", "-a", "1a", "a b", "a/b", "../a", "a\n", "a.b", "a_b", "ä", "a" * 32, "a;reboot", "%i", "a\0")


class Words(unittest.TestCase):
    def test_a_name_is_a_word_that_needs_quoting_nowhere(self) -> None:
        for name in ("a", "dev", "dev-2", "a" * 31):
            self.assertEqual(words.name(name), name)
        for name in ODD:
            with self.assertRaises(NotFound, msg=repr(name)):
                words.name(name)

    def test_a_source_is_the_newest_or_a_snapshots_name(self) -> None:
        for source in ("latest", "orders.20261126T1400", "orders.20261126T1400_2", "orders.before-restore.20261126T1400"):
            self.assertEqual(words.source(source), source)
        for source in ("/etc", "../orders.20261126T1400", "orders", "orders.2026", ".20261126T1400", "o/x.20261126T1400"):
            with self.assertRaises(NotFound, msg=source):
                words.source(source)

    def test_a_snapshot_says_whose_it_is(self) -> None:
        self.assertEqual(words.database_of("my-shop.before-restore.20261126T1400"), "my-shop")
        self.assertIsNone(words.database_of("latest"))

    def test_lengths_of_time(self) -> None:
        self.assertEqual([words.seconds(t) for t in ("90s", "30min", "4h", "2d", "1w")], [90, 1800, 14400, 172800, 604800])
        for text in ("", "4", "h", "0h", "-1h", "4 h", "4h\n", "123456h", "1.5h"):
            with self.assertRaises(NotFound, msg=repr(text)):
                words.seconds(text)


class Requests(unittest.TestCase):
    def test_there_and_back(self) -> None:
        for request in (Request("create", "dev", "orders", "latest", "4h"), Request("list", snapshots=True), Request("destroy", "dev")):
            self.assertEqual(read(write(request)), request)

    def test_what_is_no_request_is_refused(self) -> None:
        odd: list[object] = [
            {},
            {"action": "serve", "name": "dev"},
            {"action": "create"},
            {"action": "destroy", "name": 5},
            {"action": "destroy", "name": "dev", "owner": 0},
            {"action": "list", "snapshots": "yes"},
            {"action": "create", "name": "dev", "source": "/etc"},
            {"action": "create", "name": "dev", "ttl": "for ever"},
            ["create"],
            "create",
        ]
        for data in odd:
            with self.assertRaises(NotFound, msg=data):
                read(json.dumps(data).encode())
        for line in (b"", b"\xff\n", b"{", b'{"action": "list"'):
            with self.assertRaises(NotFound, msg=line):
                read(line)
