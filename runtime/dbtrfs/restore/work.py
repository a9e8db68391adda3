"""The common part of every restore: the copy is made, tidied and checked."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..commands import CommandFailed
from . import subvolumes
from .copying import copy_snapshot
from .engine import Engine, Task
from .engines import ENGINES
from .private_server import socket_folder
from .recover import source_folder


@dataclass
class Findings:
    """What a restore did and saw, for its report."""

    seconds: dict[str, float] = field(default_factory=dict)
    tidied: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.seconds[step] = round(time.monotonic() - began, 1)


def refuse(task: Task) -> None:
    ENGINES[task.copy.instance.engine].refuse(task)


def fill(task: Task, findings: Findings) -> None:
    """Copies the snapshot. Retention may delete it meanwhile, so another one holds it."""
    held = source_folder(task.copy.instance)
    with findings.timed("copy"):
        try:
            subvolumes.snapshot(task.snapshot.path, held, read_only=True)
            source = held
        except CommandFailed:  # on another filesystem, where no retention of this host reaches it
            source = task.snapshot.path
        copy_snapshot(source, task.copy)
        subvolumes.delete(held)


@contextlib.contextmanager
def engine_of(task: Task, purpose: str = "restore") -> Iterator[Engine]:
    instance = task.copy.instance
    with socket_folder(f"{purpose}-{instance.name}", instance.user, instance.group) as folder:
        yield ENGINES[instance.engine](task, folder)


def tidy_and_check(engine: Engine, findings: Findings) -> None:
    findings.tidied = engine.tidy()
    with findings.timed("check"):
        findings.found = engine.check()


