"""How far a restore has come, on the disk: what an interrupted one left is put right from it.

| phase | what is there | an interruption |
|---|---|---|
| beside | a copy that is not complete | the copy is deleted |
| prepare | the database runs; the staged copy is not complete | the staged copy is deleted |
| stopped | the database is whole and stopped; so is the staged copy | the same, and the database is started |
| old | the database's files move aside | goes on: both are whole, their names are not |
| new | the staged files move in | goes on |
| start | the restored database is in its place | what was put aside is deleted |
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..instances import Instance
from .places import own_folder

Phase = Literal["beside", "prepare", "stopped", "old", "new", "start"]
# From here to "start" the database's files have no fixed place.
SWITCHING = ("old", "new")


@dataclass(frozen=True)
class Journal:
    phase: Phase
    started: str  # when, in words
    snapshot: str
    target: str | None = None  # of a copy beside
    kept: str | None = None  # the snapshot with the old state


def journal_path(instance: Instance) -> Path:
    return own_folder(instance) / "restore.json"


def read_journal(instance: Instance) -> Journal | None:
    try:
        return Journal(**json.loads(journal_path(instance).read_text()))
    except FileNotFoundError:
        return None


def write_journal(instance: Instance, journal: Journal) -> Journal:
    """It is on the disk before anything happens that it announces."""
    path = journal_path(instance)
    staged = _staged(instance)
    with staged.open("w") as file:
        json.dump(dataclasses.asdict(journal), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(staged, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return journal


def _staged(instance: Instance) -> Path:
    return own_folder(instance) / "restore.json.new"


def remove_journal(instance: Instance) -> None:
    _staged(instance).unlink(missing_ok=True)
    journal_path(instance).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # a copy beside the database may lie there
        own_folder(instance).rmdir()
