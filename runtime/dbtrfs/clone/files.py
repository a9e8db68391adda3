"""A clone's files: writable snapshots, made its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..commands import CommandFailed, run
from ..instances import Instance
from ..restore import subvolumes
from ..restore.engine import Task
from ..restore.engines import ENGINES
from ..restore.places import Copy
from ..restore.problems import NotFound
from ..restore.snapshots import Snapshot
from . import record
from .record import Clone
from .servers import run_folder
from .unit import has_server


def hold(instance: Instance, name: str, snapshot: Snapshot) -> None:
    """Takes what the clone is made of, so that it needs the snapshot no more."""
    subvolumes.delete(record.base(instance, name))
    try:
        subvolumes.snapshot(snapshot.path, record.base(instance, name), read_only=True)
    except CommandFailed as failure:
        if snapshot.path.exists():
            raise
        raise NotFound(f"{snapshot.name} was just deleted, as retention does. Choose a later one.") from failure


def fill(instance: Instance, clone: Clone, snapshot: Snapshot) -> list[str]:
    """What was done to make it a database of its own, in words."""
    data = record.data(instance, clone.name)
    subvolumes.delete(data)
    subvolumes.snapshot(record.base(instance, clone.name), data)
    task = Task(Copy(instance, data), snapshot, beside=True)
    engine = ENGINES[instance.engine](task, run_folder(clone.name))
    done = engine.tidy()
    # Its server sees it in the place of the original.
    engine.settle()
    if not has_server(instance) and clone.owner != 0:
        give(data, clone.owner)
        done.append(f"the files belong to the account {clone.owner}")
    return done


def give(tree: Path, uid: int) -> None:
    """Without a server it is the files themselves that are worked with."""
    for folder, directories, names in os.walk(tree):
        for name in [*directories, *names]:
            os.chown(os.path.join(folder, name), uid, -1, follow_symlinks=False)
    os.chown(tree, uid, -1)


def delete(instance: Instance, name: str) -> None:
    """Its record goes last: until then the timer finishes what was begun."""
    subvolumes.delete(record.data(instance, name))
    subvolumes.delete(record.base(instance, name))
    if run_folder(name).exists():
        shutil.rmtree(run_folder(name))
    record.remove(instance, name)


def forbid_writing(instance: Instance, name: str) -> None:
    run("btrfs", "property", "set", "-f", "-ts", str(record.data(instance, name)), "ro", "true")
