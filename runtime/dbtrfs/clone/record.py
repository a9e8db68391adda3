"""What is known of a clone, on the disk beside its files: CLONES/NAME/clone.json. Written before anything is made that it
announces, and deleted last, so that nothing of a clone is ever there without it."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..instances import Instance

# making: not complete; ready: its server runs, or is to; stopped: by a limit, and only destroy or reset follow.
State = Literal["making", "ready", "stopped"]


@dataclass(frozen=True)
class Clone:
    name: str
    database: str
    owner: int  # uid of who made it
    snapshot: str
    taken: str  # when the snapshot was, in words
    made: int  # seconds since 1970
    ends: int  # the same
    port: int | None
    state: State = "making"
    generation: int | None = None  # of the filesystem when the clone was complete; what is newer it wrote itself
    reason: str | None = None  # why it was stopped


def folder(instance: Instance, name: str) -> Path:
    return Path(str(instance.clone_directory)) / name


def data(instance: Instance, name: str) -> Path:
    """The writable snapshot: stands for the database's mount point."""
    return folder(instance, name) / "data"


def base(instance: Instance, name: str) -> Path:
    """What a reset begins with again, whatever retention does to the snapshot meanwhile."""
    return folder(instance, name) / "base"


def path_of(instance: Instance, name: str) -> Path:
    return folder(instance, name) / "clone.json"


def write(instance: Instance, clone: Clone) -> Clone:
    place = folder(instance, clone.name)
    # Where the filesystem was mounted after systemd-tmpfiles had run.
    place.parent.mkdir(mode=0o711, exist_ok=True)
    place.mkdir(mode=0o711, exist_ok=True)
    place.chmod(0o711)
    staged = place / "clone.json.new"
    with staged.open("w") as file:
        json.dump(dataclasses.asdict(clone), file)
        file.flush()
        os.fsync(file.fileno())
    staged.chmod(0o644)
    os.replace(staged, path_of(instance, clone.name))
    return clone


def read(instance: Instance, name: str) -> Clone | None:
    try:
        return Clone(**json.loads(path_of(instance, name).read_text()))
    except (FileNotFoundError, NotADirectoryError):
        return None


def remove(instance: Instance, name: str) -> None:
    """The subvolumes are gone already."""
    path_of(instance, name).unlink(missing_ok=True)
    if folder(instance, name).exists():
        shutil.rmtree(folder(instance, name))


def read_all(instances: Iterable[Instance]) -> list[Clone]:
    """By name. Databases may share a directory of clones."""
    found = []
    for instance in instances:
        directory = Path(str(instance.clone_directory))
        names = sorted(os.listdir(directory)) if directory.is_dir() else []
        clones = [read(instance, name) for name in names]
        found += [clone for clone in clones if clone is not None and clone.database == instance.name]
    return sorted(found, key=lambda clone: clone.name)
