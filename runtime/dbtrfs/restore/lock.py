"""Locks that end with the process that holds them."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from ..instances import Instance
from .problems import Refused

FOLDER = Path("/run/dbtrfs")


@contextlib.contextmanager
def locked(path: Path, otherwise: str | None, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Waits for the lock, or raises Refused with this reason where somebody holds it."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, kind | (fcntl.LOCK_NB if otherwise is not None else 0))
        except BlockingIOError:
            raise Refused(str(otherwise)) from None
        yield


def _restore_lock(instance: Instance) -> Path:
    return FOLDER / f"restore-{instance.name}.lock"


def restoring(instance: Instance) -> contextlib.AbstractContextManager[None]:
    reason = (
        f"A restore of {instance.name} is running, or a clone of it is being made."
        " Wait for it; 'pgrep -af dbtrfs' shows it."
    )
    return locked(_restore_lock(instance), reason)


def not_restoring(instance: Instance) -> contextlib.AbstractContextManager[None]:
    """For whoever looks at the database's files and changes none: many at once, and none while a restore runs."""
    reason = f"A restore of {instance.name} is running. Wait for it; 'pgrep -af dbtrfs-restore' shows it."
    return locked(_restore_lock(instance), reason, fcntl.LOCK_SH)


def drilling(instance: Instance) -> contextlib.AbstractContextManager[None]:
    return locked(FOLDER / f"drill-{instance.name}.lock", f"A drill of {instance.name} is running. Wait for it.")


def no_snapshots(instance: Instance) -> contextlib.AbstractContextManager[None]:
    """Held by the snapshot unit while it takes one (modules/snapshot/take.sh)."""
    return locked(Path(instance.snapshot_directory) / f".{instance.name}.lock", None)
