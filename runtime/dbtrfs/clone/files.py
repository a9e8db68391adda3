"""A clone's files: writable snapshots, made its own."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
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


def take(instance: Instance, name: str, snapshot: Snapshot) -> None:
    """The clone's files, and what a reset begins with. Either makes the filesystem commit, so both at once."""
    data, base = record.data(instance, name), record.base(instance, name)
    for old in (data, base):
        subvolumes.delete(old)
    with ThreadPoolExecutor() as both:
        made = [
            both.submit(subvolumes.snapshot, snapshot.path, data),
            both.submit(subvolumes.snapshot, snapshot.path, base, read_only=True),
        ]
    try:
        for each in made:
            each.result()
    except CommandFailed as failure:
        if snapshot.path.exists():
            raise
        raise NotFound(f"{snapshot.name} was just deleted, as retention does. Choose a later one.") from failure


def take_again(instance: Instance, name: str) -> None:
    subvolumes.delete(record.data(instance, name))
    subvolumes.snapshot(record.base(instance, name), record.data(instance, name))


def make_own(instance: Instance, clone: Clone, snapshot: Snapshot) -> list[str]:
    """What was done to make it a database of its own, in words."""
    data = record.data(instance, clone.name)
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
