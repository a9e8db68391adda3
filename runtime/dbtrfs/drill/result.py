"""What a drill leaves: metrics."""

from __future__ import annotations

import re
from pathlib import Path

from ..metrics import Sample, write_metrics

TIMESTAMP = "dbtrfs_drill_timestamp_seconds"


def samples(database: str, success: bool, seconds: float, last_success: float | None) -> list[Sample]:
    """Without a success so far there is no time of it."""
    labels = {"database": database}
    known = [Sample("dbtrfs_drill_success", int(success), labels), Sample("dbtrfs_drill_seconds", round(seconds, 1), labels)]
    return known if last_success is None else [*known, Sample(TIMESTAMP, int(last_success), labels)]


def last_success_of(text: str) -> float | None:
    match = re.search(rf"^{TIMESTAMP}\{{.*\}} (\S+)$", text, re.MULTILINE)
    return None if match is None else float(match[1])


def record(directory: str, database: str, success: bool, seconds: float, now: float) -> None:
    file = Path(directory) / f"drill-{database}.prom"
    before = last_success_of(file.read_text()) if file.exists() else None
    write_metrics(directory, f"drill-{database}", samples(database, success, seconds, now if success else before))
