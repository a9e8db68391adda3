"""The space of a sending host: a qgroup above its subvolume, with simple quotas (Btrfs since Linux 6.7). A subvolume made
inside another takes on the qgroups of that one, so what is received counts without anybody's help; and no backreferences
are walked, which makes full quotas slow with many snapshots (btrfs.readthedocs.io/en/latest/ch-quota-intro.html)."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..commands import run
from .configuration import Sender
from .subvolume import read_subvolume


@dataclass(frozen=True)
class Usage:
    used: int
    limit: int | None


def qgroup(sender: Sender) -> str:
    """1/N for the subvolume N. Raises FileNotFoundError where it is not there."""
    subvolume = read_subvolume(sender.directory)
    if subvolume is None:
        raise FileNotFoundError(f"{sender.directory} is no subvolume")
    return f"1/{subvolume.number}"


def set_limit(sender: Sender, limit: int | None) -> None:
    run("btrfs", "qgroup", "limit", "none" if limit is None else str(limit), qgroup(sender), str(sender.directory))


@contextlib.contextmanager
def without_limit(sender: Sender) -> Iterator[None]:
    """At its limit Btrfs refuses even to delete a subvolume ("Disk quota exceeded", seen with Linux 6.18)."""
    if sender.limit is None:
        yield
        return
    set_limit(sender, None)
    try:
        yield
    finally:
        set_limit(sender, sender.limit)


def enable(mount_point: Path) -> None:
    """Nothing where they are on. What was written before does not count."""
    if mode(mount_point) is None:
        run("btrfs", "quota", "enable", "--simple", str(mount_point))


def mode(mount_point: Path) -> str | None:
    """`squota`, `qgroup` or None where there are none (fs/btrfs/sysfs.c, qgroups/mode)."""
    identifier = run("findmnt", "--noheadings", "--output", "UUID", "--mountpoint", str(mount_point)).split()[-1]
    file = Path(f"/sys/fs/btrfs/{identifier}/qgroups/mode")
    return file.read_text().strip() if file.exists() else None


def prepare(sender: Sender) -> None:
    group, own = qgroup(sender), f"0/{qgroup(sender)[2:]}"
    rows = _rows(sender.directory)
    if group not in rows:
        run("btrfs", "qgroup", "create", group, str(sender.directory))
    if group not in rows.get(own, {}).get("parents", []):
        run("btrfs", "qgroup", "assign", "--no-rescan", own, group, str(sender.directory))
    set_limit(sender, sender.limit)


def usage(sender: Sender) -> Usage | None:
    """None without quotas."""
    if sender.limit is None:
        return None
    row = _rows(sender.directory).get(qgroup(sender))
    return None if row is None else Usage(row["referenced"], sender.limit)


def _rows(path: Path) -> dict[str, dict[str, Any]]:
    """By qgroup. Needs btrfs-progs 6.1 or later (btrfs(8), --format json)."""
    text = run("btrfs", "--format", "json", "qgroup", "show", "-pc", str(path))
    return {row["qgroupid"]: row for row in json.loads(text)["qgroup-show"]}
