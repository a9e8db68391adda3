"""Everything that the checks look at, read once: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from dbtrfs.instances import Configuration

from .ages import Clock, Event, Scrub
from .archive import Archiver
from .btrfs import State
from .directory import Directory
from .finding import Finding
from .mounts import Mount
from .plan import Database, Filesystem, Plan
from .servers import Server
from .sqlite import Header


@dataclass(frozen=True)
class FilesystemFacts:
    planned: Filesystem
    mount: str  # one of its mount points
    state: State
    available: float  # free share
    scrub: Scrub | None


@dataclass(frozen=True)
class DatabaseFacts:
    planned: Database
    directories: dict[str, Directory]  # by path
    server: Server | None
    headers: list[Header]  # SQLite
    snapshot: Event | None
    backup: Event | None
    backup_keeps_log: bool
    archiver: Archiver | None  # where PostgreSQL archives its log
    binlog: Event | None  # the last copy of the binary log, where it is copied
    drill: Event | None
    drill_succeeded: bool


@dataclass(frozen=True)
class Facts:
    plan: Plan
    configuration: Configuration
    clock: Clock
    mounts: dict[str, Mount]
    filesystems: list[FilesystemFacts]
    databases: list[DatabaseFacts]
    failures: list[Finding] = field(default_factory=list)  # what could not be read
