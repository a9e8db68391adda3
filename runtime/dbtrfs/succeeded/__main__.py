"""dbtrfs-succeeded KIND NAME UNIT: writes down when a unit's work for a database succeeded and how long it took.

Run by the unit itself, as its ExecStartPost; KIND becomes part of the metrics' names.
"""

from __future__ import annotations

import sys
import time

from dbtrfs.commands import run
from dbtrfs.instances import read_configuration
from dbtrfs.metrics import Sample, write_metrics


def samples(kind: str, name: str, ended: float, seconds: float) -> list[Sample]:
    labels = {"database": name}
    return [
        Sample(f"dbtrfs_{kind}_timestamp_seconds", ended, labels),
        Sample(f"dbtrfs_{kind}_seconds", seconds, labels),
    ]


def seconds_of(unit: str) -> float:
    """How long ago the unit was started: systemd counts in microseconds of the monotonic clock."""
    started = run("systemctl", "show", "--property=InactiveExitTimestampMonotonic", "--value", unit)
    return time.clock_gettime(time.CLOCK_MONOTONIC) - int(started) / 1e6


def main() -> None:
    kind, name, unit = sys.argv[1:]
    directory = read_configuration().metrics_directory
    write_metrics(directory, f"{kind}-{name}", samples(kind, name, round(time.time()), round(seconds_of(unit), 3)))


if __name__ == "__main__":
    main()
