"""The exchange on plain directories: interrupted at every rename, and gone on with."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from ..instances import Instance
from . import recover, switch
from .journal import Journal, read_journal, write_journal
from .test_copy_plan import directory, instance

FILES = {"data": "d", "log": "l", "note": "n"}


class Interrupted(Exception):
    pass


class Exchange(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.mount = Path(folder.name)
        self.host: Instance = instance(mount_point=folder.name, snapshot_directory=f"{folder.name}.none")
        switch.make_folders(self.host)
        (self.mount / ".dbtrfs/new").mkdir()
        for name in FILES:
            (self.mount / name).write_text("old")
            (self.mount / ".dbtrfs/new" / name).write_text("new")
        (self.mount / "gone").write_text("old")
        write_journal(self.host, Journal("old", "then", "orders.20261126T1400", kept="/k"))

    def interrupted_after(self, renames: int) -> None:
        """Raises Interrupted in place of a rename of the exchange; the journal's own are not counted."""
        left = renames
        rename = os.rename

        def limited(source: Path, target: Path) -> None:
            nonlocal left
            if left == 0:
                raise Interrupted
            left -= 1
            rename(source, target)

        with mock.patch("os.rename", limited):
            recover.recover(self.host, start_units=False)

    def test_whatever_was_done_already_it_ends_with_the_new_state(self) -> None:
        for renames in range(7):
            with self.subTest(renames=renames):
                self.setUp()
                self.assertRaises(Interrupted, self.interrupted_after, renames)
                said = recover.recover(self.host, start_units=False)
                self.assertIn("it is finished now. The old state is /k.", said or "")
                self.assertEqual({p.name: p.read_text() for p in self.mount.iterdir()}, dict.fromkeys(FILES, "new"))
                self.assertIsNone(read_journal(self.host))

    def test_before_the_exchange_it_is_given_up(self) -> None:
        write_journal(self.host, Journal("prepare", "then", "orders.20261126T1400"))
        self.assertIn("the database is as it was", recover.recover(self.host) or "")
        self.assertEqual({p.read_text() for p in self.mount.iterdir()}, {"old"})

    def test_a_copy_beside_that_is_not_complete_is_deleted(self) -> None:
        target = self.mount / "beside"
        target.mkdir()
        write_journal(self.host, Journal("beside", "then", "orders.20261126T1400", target=str(target)))
        self.assertIn(f"what it had made at {target} is deleted", recover.recover(self.host) or "")
        self.assertFalse(target.exists())
        self.assertEqual({p.read_text() for p in self.mount.iterdir()}, {"old"})

    def test_a_journal_that_was_not_written_to_its_end_counts_for_nothing(self) -> None:
        journal = self.mount / ".dbtrfs/restore.json"
        journal.rename(journal.with_name("restore.json.new"))
        self.assertIsNone(recover.recover(self.host))
        self.assertEqual({p.name for p in self.mount.iterdir()}, {*FILES, "gone"})
        self.assertEqual({p.read_text() for p in self.mount.iterdir()}, {"old"})

    def test_another_filesystems_mount_point_stays(self) -> None:
        with mock.patch.object(Path, "is_mount", lambda path: path.name == "log"):
            names = [p.name for p in switch.contents(self.mount)]
        self.assertEqual(names, ["data", "gone", "note"])

    def test_a_log_of_its_own_filesystem_is_exchanged_as_well(self) -> None:
        log = self.mount / "xfs"
        (log / ".dbtrfs/new").mkdir(parents=True)
        (log / "redo").write_text("old")
        (log / ".dbtrfs/new/redo").write_text("new")
        host = instance(
            directory(str(log), filesystem="xfs"),
            mount_point=str(self.mount),
            log_filesystem=str(log),
            snapshot_directory=f"{self.mount}.none",
        )
        with mock.patch.object(Path, "is_mount", lambda path: path == log):
            recover.recover(host, start_units=False)
        self.assertEqual((log / "redo").read_text(), "new")
        self.assertEqual([p.name for p in log.iterdir()], ["redo"])
