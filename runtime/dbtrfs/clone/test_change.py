from __future__ import annotations

import tempfile
import unittest
from dataclasses import replace

from ..restore.problems import NotFound, Refused
from . import record
from .change import owned
from .policy import Host
from .test_keep import POLICY, READY
from .test_make import cloned


class WhoMayChangeIt(unittest.TestCase):
    def setUp(self) -> None:
        clones = self.enterContext(tempfile.TemporaryDirectory())
        self.host = Host({"orders": cloned("orders", clone_directory=clones)}, POLICY, "/metrics")
        record.write(self.host.instances["orders"], replace(READY, owner=1000))

    def test_who_made_it_and_root(self) -> None:
        for account in (1000, 0):
            instance, clone = owned(self.host, "dev", account)
            self.assertEqual((instance.name, clone.name), ("orders", "dev"))

    def test_nobody_else_who_may_make_clones(self) -> None:
        with self.assertRaisesRegex(Refused, "belongs to the account 1000"):
            owned(self.host, "dev", 1001)

    def test_a_name_that_is_none_is_answered_with_those_there_are(self) -> None:
        with self.assertRaisesRegex(NotFound, "There are: dev"):
            owned(self.host, "prod", 1000)
