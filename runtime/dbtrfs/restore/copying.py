"""Carries out a plan of copies."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..commands import run
from ..instances import Directory
from .copy_plan import CopyEntry, MakeLike, MakePlanned, Step, copy_steps
from .places import Copy

# Not --archive: extended attributes would bring the compression property of the snapshot's files along.
COPY = ["cp", "--recursive", "--no-dereference", "--preserve=mode,ownership,timestamps,links", "--sparse=auto"]


def copy_snapshot(snapshot: Path, copy: Copy) -> None:
    for step in copy_steps(snapshot, copy, listing):
        perform(step)
    for root in copy.roots:
        run("sync", "--file-system", str(root))


def listing(directory: Path) -> list[str]:
    return sorted(os.listdir(directory)) if directory.is_dir() else []


def perform(step: Step) -> None:
    match step:
        case MakePlanned(target, directory):
            make_planned(target, directory)
        case MakeLike(source, target):
            target.mkdir(exist_ok=True)
            stat = source.stat()
            os.chown(target, stat.st_uid, stat.st_gid)
            target.chmod(stat.st_mode & 0o7777)
        case CopyEntry(source, target, no_cow):
            copy_entry(source, target, no_cow)


def copy_entry(source: Path, target: Path, no_cow: bool) -> None:
    """Shared extents are instant, but a NOCOW file that shares them is written elsewhere at each first write."""
    run(*COPY, f"--reflink={'never' if no_cow else 'auto'}", "--no-target-directory", "--", str(source), str(target))


def make_planned(target: Path, directory: Directory) -> None:
    """The flags come first: they count for what is made afterwards."""
    target.mkdir(exist_ok=True)
    if is_btrfs(target) and directory.filesystem == "btrfs":
        _set_flags(target, directory)
    shutil.chown(target, directory.user, directory.group)
    target.chmod(int(directory.mode, 8))


def _set_flags(target: Path, directory: Directory) -> None:
    """A new directory has those of the one above: an inherited property makes +C fail, so it goes first."""
    if directory.compression is None:
        run("btrfs", "property", "set", str(target), "compression", "")
    run("chattr", "+C" if directory.no_cow else "-C", "--", str(target))
    if directory.compression is not None:
        run("btrfs", "property", "set", str(target), "compression", directory.compression)


def is_btrfs(path: Path) -> bool:
    return run("stat", "--file-system", "--format=%T", "--", str(path)).strip() == "btrfs"
