"""What a broken transfer left goes before the next one: under its name nothing could arrive, and btrbk would take it for
the newest backup and delete the real one (seen with btrbk 0.32.5: `prune` with `snapshot_preserve_min latest`)."""

from __future__ import annotations

from pathlib import Path

from ..commands import run
from ..restore import subvolumes
from .configuration import Sender, Sent
from .limits import without_limit
from .store import read_stored
from .subvolume import is_partial, read_subvolume


def delete_partial(sender: Sender, sent: Sent) -> list[str]:
    """The names that were deleted, whatever they are: a stream names what it makes. For whoever holds the lock."""
    stored = read_stored(sent.name, sent.directory)
    left = [arrival.snapshot.path for arrival in stored.partial] + [path for path in stored.others if _is_partial(path)]
    delete(sender, left)
    return [path.name for path in left]


def delete(sender: Sender, paths: list[Path]) -> None:
    """Where there is a limit, their room is free afterwards."""
    if not paths:
        return
    with without_limit(sender):
        for path in paths:
            subvolumes.delete(path)
        if sender.limit is not None:
            run("btrfs", "subvolume", "sync", str(sender.directory))


def _is_partial(path: Path) -> bool:
    subvolume = None if path.is_symlink() or not path.is_dir() else read_subvolume(path)
    return subvolume is not None and is_partial(subvolume)
