"""One at a time in a database's directory: a transfer, or what deletes there."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from ..restore.lock import FOLDER
from ..restore.problems import Refused
from .configuration import Sent


def lock_path(sent: Sent) -> Path:
    return FOLDER / f"received-{sent.host}.{sent.name}.lock"


@contextlib.contextmanager
def alone(sent: Sent) -> Iterator[None]:
    """Raises Refused where a transfer or a deletion is going on. The lock goes with the process that has it."""
    FOLDER.mkdir(exist_ok=True)
    with lock_path(sent).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"{sent.title}: a transfer is going on, or old snapshots are being deleted. Try again later.") from None
        yield


def is_busy(sent: Sent) -> bool:
    try:
        with alone(sent):
            return False
    except Refused:
        return True
