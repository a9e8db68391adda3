"""A restore for practice: the newest snapshot, started and checked like any restore, and deleted afterwards.

The copy is a writable snapshot of the snapshot: there in an instant, with the flags of its files, and without room for
all of it. What only a restore does, the copying, is left out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ..instances import Instance
from ..restore import subvolumes
from ..restore.engine import Level, Task
from ..restore.places import Copy, own_folder
from ..restore.private_server import remove_socket_folder
from ..restore.snapshots import choose, read_snapshots
from ..restore.work import Findings, engine_of, refuse, tidy_and_check


def scratch(instance: Instance) -> Path:
    return own_folder(instance) / "drill"


def clean(instance: Instance) -> bool:
    """Whether there was something to delete."""
    left = subvolumes.is_subvolume(scratch(instance))
    subvolumes.delete(scratch(instance))
    remove_socket_folder(f"drill-{instance.name}")
    with contextlib.suppress(OSError):  # a restore may be using it
        own_folder(instance).rmdir()
    return left


def drill(instance: Instance, level: Level) -> tuple[str, Findings]:
    """The snapshot's name and what was found. Raises RestoreProblem and CommandFailed; nothing is left behind."""
    snapshot = choose(read_snapshots(instance.name, Path(instance.snapshot_directory)), "latest")
    findings = Findings()
    with _scratch_copy(instance, snapshot.path):
        task = Task(Copy(instance, scratch(instance)), snapshot, beside=True, level=level)
        refuse(task)
        with engine_of(task, "drill") as engine:
            tidy_and_check(engine, findings)
    return snapshot.name, findings


@contextlib.contextmanager
def _scratch_copy(instance: Instance, source: Path) -> Iterator[None]:
    clean(instance)
    own_folder(instance).mkdir(exist_ok=True)
    own_folder(instance).chmod(0o711)
    try:
        subvolumes.snapshot(source, scratch(instance))
        yield
    finally:
        clean(instance)
