"""Subvolumes by btrfs(8)."""

from __future__ import annotations

from pathlib import Path

from ..commands import run

# The inode number of every subvolume's root.
ROOT_INODE = 256


def snapshot(source: Path, target: Path, read_only: bool = False) -> None:
    run("btrfs", "--quiet", "subvolume", "snapshot", *(["-r"] if read_only else []), str(source), str(target))


def create(target: Path) -> None:
    run("btrfs", "--quiet", "subvolume", "create", str(target))


def delete(path: Path) -> None:
    """Nothing where there is none."""
    if is_subvolume(path):
        run("btrfs", "--quiet", "subvolume", "delete", str(path))


def is_subvolume(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and path.stat().st_ino == ROOT_INODE


def make_read_only(path: Path) -> None:
    run("btrfs", "property", "set", "-ts", str(path), "ro", "true")
