"""Locks that end with the process that holds them."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from .problems import Refused

FOLDER = Path("/run/dbtrfs")


@contextlib.contextmanager
def locked(name: str, otherwise: str | None) -> Iterator[None]:
    """Waits for the lock, or raises Refused with this reason where somebody holds it."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if otherwise is not None else 0))
        except BlockingIOError:
            raise Refused(str(otherwise)) from None
        yield


def restoring(database: str, wait: bool = False) -> contextlib.AbstractContextManager[None]:
    reason = f"A restore of {database} is running. Wait for it; 'pgrep -af dbtrfs-restore' shows it."
    return locked(f"restore-{database}", None if wait else reason)


def no_snapshots(database: str) -> contextlib.AbstractContextManager[None]:
    """Held by the snapshot unit while it takes one (modules/snapshot/take.sh)."""
    return locked(f"snapshot-{database}", None)
