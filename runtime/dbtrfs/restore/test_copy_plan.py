from __future__ import annotations

import unittest
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..instances import Directory, Instance
from .copy_plan import CopyEntry, MakeLike, MakePlanned, Step, copy_steps
from .places import Copy, staged

MOUNT = "/var/lib/mysql"


def directory(path: str, **changed: Any) -> Directory:
    plain = Directory(path, "data", "btrfs", False, None, "mysql", "mysql", "0750")
    return replace(plain, **changed)


def instance(*directories: Directory, log_filesystem: str | None = None, **changed: Any) -> Instance:
    values: dict[str, Any] = {
        "name": "shop",
        "engine": "mysql",
        "mount_point": MOUNT,
        "data_directory": f"{MOUNT}/data",
        "log_filesystem": log_filesystem,
        "redo": None,
        "binlog": None,
        "user": "mysql",
        "group": "mysql",
        "units": ["mysql"],
        "server": "/server",
        "port": 3306,
        "directories": [directory(MOUNT), *directories],
        "snapshots": None,
        "snapshot_directory": "/snapshots",
        "backup": None,
    }
    return Instance(**(values | changed))


def listing_of(tree: dict[str, list[str]]) -> Any:
    return lambda path: tree.get(str(path), [])


class Steps(unittest.TestCase):
    def steps(self, copy: Copy, tree: dict[str, list[str]]) -> list[Step]:
        return copy_steps(Path("/s"), copy, listing_of(tree))

    def test_flags_come_before_files_and_what_is_not_the_databases_stays(self) -> None:
        data = directory(f"{MOUNT}/data", no_cow=True)
        host = instance(data)
        tree = {"/s": [".dbtrfs", ".dbtrfs-snapshot", "data", "note"], "/s/data": ["ibdata1", "shop"]}
        self.assertEqual(
            self.steps(Copy(host, Path("/t")), tree),
            [
                MakePlanned(Path("/t"), host.directories[0]),
                MakePlanned(Path("/t/data"), data),
                CopyEntry(Path("/s/data/ibdata1"), Path("/t/data/ibdata1"), no_cow=True),
                CopyEntry(Path("/s/data/shop"), Path("/t/data/shop"), no_cow=True),
                CopyEntry(Path("/s/note"), Path("/t/note"), no_cow=False),
            ],
        )

    def test_a_planned_directory_is_made_though_the_snapshot_lacks_it(self) -> None:
        host = instance(directory(f"{MOUNT}/a/b"))
        self.assertEqual(
            self.steps(Copy(host, Path("/t")), {}),
            [
                MakePlanned(Path("/t"), host.directories[0]),
                MakeLike(Path("/s/a"), Path("/t/a")),
                MakePlanned(Path("/t/a/b"), host.directories[1]),
            ],
        )

    def test_a_log_of_its_own_filesystem_goes_there_in_place_and_inside_beside(self) -> None:
        log = directory(f"{MOUNT}/log", component="log", filesystem="xfs")
        host = instance(log, log_filesystem=f"{MOUNT}/log")
        tree = {"/s": ["log"], "/s/log": ["redo"]}
        targets = [s.target for s in self.steps(staged(host), tree) if isinstance(s, CopyEntry)]
        self.assertEqual(targets, [Path(f"{MOUNT}/log/.dbtrfs/new/redo")])
        targets = [s.target for s in self.steps(Copy(host, Path("/t")), tree) if isinstance(s, CopyEntry)]
        self.assertEqual(targets, [Path("/t/log/redo")])

    def test_the_nearest_planned_directory_decides(self) -> None:
        host = instance(directory(f"{MOUNT}/data", no_cow=True), directory(f"{MOUNT}/data/cow"))
        tree = {"/s": ["data"], "/s/data": ["cow", "x"], "/s/data/cow": ["y"]}
        entries = {s.source.name: s.no_cow for s in self.steps(Copy(host, Path("/t")), tree) if isinstance(s, CopyEntry)}
        self.assertEqual(entries, {"x": True, "y": False})


class Places(unittest.TestCase):
    def test_there_and_back(self) -> None:
        host = instance(directory(f"{MOUNT}/log", filesystem="xfs"), log_filesystem=f"{MOUNT}/log")
        for copy in (staged(host), Copy(host, Path("/t"))):
            for path in (MOUNT, f"{MOUNT}/data/x", f"{MOUNT}/log", f"{MOUNT}/log/redo"):
                self.assertEqual(copy.original(copy.locate(path)), Path(path))

    def test_what_is_not_captured_has_no_place(self) -> None:
        with self.assertRaises(ValueError):
            Copy(instance(), Path("/t")).locate("/elsewhere/binlog")
