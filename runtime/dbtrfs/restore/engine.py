"""What a restore asks of each engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from .places import Copy
from .private_server import PrivateServer
from .snapshots import Snapshot

Level = Literal["full", "quick"]


@dataclass(frozen=True)
class Task:
    """One copy of one snapshot, and what it is for."""

    copy: Copy
    snapshot: Snapshot
    beside: bool  # it lives beside the database that it is a copy of, instead of replacing it
    until: datetime | None = None
    level: Level = "full"


class Engine(ABC):
    def __init__(self, task: Task, folder: Path) -> None:
        self.task = task
        self.copy = task.copy
        self.instance = task.copy.instance
        self.folder = folder
        self.server = PrivateServer(self.instance.user, self.instance.group, folder)

    @classmethod
    def refuse(cls, task: Task) -> None:
        """Raises Refused for what cannot be done, before anything is copied."""

    def tidy(self) -> list[str]:
        """Removes what belongs to the running server; what was done, in words."""
        return []

    @abstractmethod
    def check(self) -> list[str]:
        """Starts the copy and looks at all of it; what was found, in words. Raises CheckFailed."""

    def settle(self) -> None:
        """Paths inside the copy become those of the database that it replaces."""

    @abstractmethod
    def how_to_start(self) -> str:
        """For a copy beside the database: what a person types."""

    def program(self, name: str) -> str:
        return f"{self.instance.server}/bin/{name}"
