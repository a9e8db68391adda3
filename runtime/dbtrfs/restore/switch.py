"""The restored files take the place of the old ones: by renames within each filesystem, each of which can be made again
after an interruption. The database is stopped, and does not start before they are all made (modules/restore.nix)."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from ..commands import run
from ..instances import Instance
from .places import OWN, live


def make_folders(instance: Instance) -> None:
    """The database's account passes through, and sees nothing."""
    for root in live(instance).roots:
        (root / OWN).mkdir(exist_ok=True)
        (root / OWN).chmod(0o711)


def clear_folders(instance: Instance) -> None:
    for root in live(instance).roots:
        for name in ("new", "old"):
            if (root / OWN / name).exists():
                shutil.rmtree(root / OWN / name)
        if root != Path(instance.mount_point):  # there the journal is, and goes last
            with contextlib.suppress(FileNotFoundError):
                (root / OWN).rmdir()


def move_old_aside(instance: Instance) -> None:
    for root in live(instance).roots:
        aside = root / OWN / "old"
        aside.mkdir(exist_ok=True)
        for entry in contents(root):
            os.rename(entry, aside / entry.name)
    flush(instance)


def move_new_in(instance: Instance) -> None:
    for root in live(instance).roots:
        for entry in sorted((root / OWN / "new").iterdir()):
            os.rename(entry, root / entry.name)
    flush(instance)


def contents(root: Path) -> Iterator[Path]:
    """What belongs to the database; another filesystem's mount point stays where it is."""
    for entry in sorted(root.iterdir()):
        if entry.name != OWN and not entry.is_mount():
            yield entry


def flush(instance: Instance) -> None:
    for root in live(instance).roots:
        run("sync", "--file-system", str(root))
