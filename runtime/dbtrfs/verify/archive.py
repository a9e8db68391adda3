"""Whether the log between two backups reaches their target: without it a restore leads to the last backup alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .ages import MINUTE, Clock, Event, in_words, is_overdue
from .finding import Finding
from .plan import Database
from .values import seconds

CHECK = "log-archive"
# https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ARCHIVER-VIEW
STATEMENT = (
    "SELECT coalesce(extract(epoch FROM last_archived_time), 0), coalesce(extract(epoch FROM last_failed_time), 0), "
    "coalesce(last_failed_wal, '-') FROM pg_stat_archiver"
)


@dataclass(frozen=True)
class Archiver:
    archived_at: float  # 0 where it never has
    failed_at: float
    failed_file: str


def parse_archiver(line: str, separator: str) -> Archiver:
    archived, failed, name = line.strip().split(separator)
    return Archiver(float(archived), float(failed), name)


def compare_archiver(database: Database, archiver: Archiver) -> Iterator[Finding]:
    """A segment that was refused is tried again until it is taken, so a failure behind the last success still lasts. An
    idle server archives nothing, so the age of the last success says nothing."""
    if archiver.failed_at > archiver.archived_at:
        unit = "postgresql.service"
        advice = (
            f"The log is kept in pg_wal until it is, and may fill its filesystem. 'journalctl -u {unit} --grep=archive' "
            "says why the target refuses it."
        )
        yield Finding(CHECK, database.name, f"{archiver.failed_file} could not be archived", "every segment archived", advice)


def compare_binlog(database: Database, last: Event, clock: Clock) -> Iterator[Finding]:
    """It is copied twice in a recovery point; one copy may be missing, and the slack is what a run takes."""
    point = database.recovery_point
    if point is not None and is_overdue(last, 2 * seconds(point) + 10 * MINUTE, clock):
        unit = f"dbtrfs-binlog-{database.name}"
        advice = f"'journalctl -u {unit}' says why. Once the cause is gone: 'systemctl start {unit}'."
        yield Finding(CHECK, database.name, in_words(last, clock), f"a recovery point of {point}", advice)
