"""What this host keeps for others: /etc/dbtrfs/backup-host.json, written by modules/backup-host."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIGURATION = Path("/etc/dbtrfs/backup-host.json")


@dataclass(frozen=True)
class Sent:
    """A database of a sending host, and the directory that its snapshots arrive in."""

    host: str
    name: str
    directory: Path
    recovery_point: str  # such as 1h
    retention: str  # path of a btrbk.conf
    instance: dict[str, Any] | None  # as in the sending host's instances.json, where copies are to be started

    @property
    def title(self) -> str:
        return f"{self.host}/{self.name}"


@dataclass(frozen=True)
class Sender:
    name: str
    directory: Path  # a subvolume
    limit: int | None  # bytes
    databases: dict[str, Sent]


@dataclass(frozen=True)
class BackupHost:
    directory: Path
    mount_point: Path  # of the filesystem that it lies on
    metrics_directory: str
    senders: dict[str, Sender]

    @property
    def databases(self) -> list[Sent]:
        return [sent for sender in self.senders.values() for sent in sender.databases.values()]


def read_backup_host(path: Path = CONFIGURATION) -> BackupHost:
    """Raises OSError where this host keeps no backups of others."""
    return parse(json.loads(path.read_text()))


def parse(data: dict[str, Any]) -> BackupHost:
    directory = Path(data["directory"])
    senders = {name: _sender(name, directory / name, value) for name, value in sorted(data["hosts"].items())}
    return BackupHost(directory, Path(data["mountPoint"]), data["metricsDirectory"], senders)


def _sender(name: str, directory: Path, value: dict[str, Any]) -> Sender:
    databases = {
        database: Sent(
            host=name,
            name=database,
            directory=directory / database,
            recovery_point=facts["recoveryPoint"],
            retention=facts["retention"],
            instance=facts["instance"],
        )
        for database, facts in sorted(value["databases"].items())
    }
    return Sender(name, directory, value["spaceLimit"], databases)
