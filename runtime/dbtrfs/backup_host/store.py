"""What lies in the directory of one database: snapshots that arrived whole, and what a broken transfer left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..restore.snapshots import FACTS, Snapshot, described, parse_facts
from .subvolume import Subvolume, is_complete, is_partial, read_subvolume


@dataclass(frozen=True)
class Arrival:
    snapshot: Snapshot
    subvolume: Subvolume
    has_facts: bool  # what modules/snapshot/take.sh leaves in each


@dataclass(frozen=True)
class Stored:
    arrivals: list[Arrival]  # oldest first
    others: list[Path]  # what is none of this database's snapshots

    @property
    def complete(self) -> list[Arrival]:
        return [arrival for arrival in self.arrivals if is_complete(arrival.subvolume)]

    @property
    def partial(self) -> list[Arrival]:
        return [arrival for arrival in self.arrivals if is_partial(arrival.subvolume)]


def read_stored(database: str, directory: Path) -> Stored:
    """Raises OSError where the directory cannot be read."""
    arrivals: list[Arrival] = []
    others: list[Path] = []
    for path in sorted(directory.iterdir()):
        arrival = _arrival(database, path)
        others.append(path) if arrival is None else arrivals.append(arrival)
    return Stored(sorted(arrivals, key=lambda a: (a.snapshot.taken, a.snapshot.name)), others)


def _arrival(database: str, path: Path) -> Arrival | None:
    if path.is_symlink() or not path.is_dir():
        return None
    facts = read_facts(path)
    snapshot, subvolume = described(database, path, facts or {}), read_subvolume(path)
    if snapshot is None or subvolume is None:
        return None
    return Arrival(snapshot, subvolume, facts is not None)


def read_facts(path: Path) -> dict[str, str] | None:
    """None where there are none. It comes from another host, so no link of it is followed."""
    file = path / FACTS
    if file.is_symlink() or not file.is_file():
        return None
    return {key: value for key, value in parse_facts(file.read_text(errors="replace")).items() if key != "taken" or _is_moment(value)}


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text.strip())
    except ValueError:
        return False
    return True
