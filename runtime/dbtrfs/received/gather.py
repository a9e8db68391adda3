"""What the checks look at, read once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from ..backup_host.configuration import BackupHost, Sender, Sent
from ..backup_host.limits import Usage, usage
from ..backup_host.locks import is_busy
from ..backup_host.store import Stored, read_stored
from ..verify.ages import Clock

CHECKING = ".check"


@dataclass(frozen=True)
class DatabaseFacts:
    sent: Sent
    stored: Stored | None  # None where the directory cannot be read
    trouble: str  # why not
    prepared_at: float  # when its directory was made
    is_busy: bool  # a transfer is going on


@dataclass(frozen=True)
class SenderFacts:
    sender: Sender
    usage: Usage | None


@dataclass(frozen=True)
class Facts:
    clock: Clock
    databases: list[DatabaseFacts]
    senders: list[SenderFacts]
    unknown: list[Path]  # directories that no configuration names


def gather(host: BackupHost, senders: list[Sender]) -> Facts:
    """Of these sending hosts. Raises OSError and CommandFailed."""
    return Facts(
        clock=Clock(time.time(), float(Path("/proc/uptime").read_text().split()[0])),
        databases=[_database(sent) for sender in senders for sent in sender.databases.values()],
        senders=[SenderFacts(sender, usage(sender)) for sender in senders],
        unknown=_unknown(host, senders),
    )


def _database(sent: Sent) -> DatabaseFacts:
    # Before the directory is read: a transfer that ends meanwhile leaves nothing half.
    busy = is_busy(sent)
    try:
        return DatabaseFacts(sent, read_stored(sent.name, sent.directory), "", sent.directory.stat().st_ctime, busy)
    except OSError as error:
        return DatabaseFacts(sent, None, str(error), 0, busy)


def _unknown(host: BackupHost, senders: list[Sender]) -> list[Path]:
    found = [path for path in host.directory.iterdir() if path.is_dir() and path.name not in (*host.senders, CHECKING, "lost+found")]
    for sender in senders:
        if sender.directory.is_dir():
            found += [path for path in sender.directory.iterdir() if path.is_dir() and path.name not in sender.databases]
    return sorted(found)
