"""The snapshots of a database: what they are called, what they say of themselves, and which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .moments import STAMP, in_words, parse_moment
from .problems import NotFound

FACTS = ".dbtrfs-snapshot"
# Outside btrbk's pattern NAME.TIMESTAMP, so that no retention deletes it.
BEFORE_RESTORE = "before-restore"


@dataclass(frozen=True)
class Snapshot:
    path: Path
    taken: datetime
    facts: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_before_restore(self) -> bool:
        return f".{BEFORE_RESTORE}." in self.name


def parse_facts(text: str) -> dict[str, str]:
    """KEY=VALUE lines, as modules/snapshot/take.sh writes them."""
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def pattern(database: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(database)}\.(?:{BEFORE_RESTORE}\.)?(\d{{8}}T\d{{4}})(?:_\d+)?")


def described(database: str, path: Path, facts: Mapping[str, str]) -> Snapshot | None:
    """None where the name is not one of this database's snapshots."""
    match = pattern(database).fullmatch(path.name)
    if match is None:
        return None
    taken = parse_moment(facts["taken"]) if "taken" in facts else datetime.strptime(match[1], STAMP).astimezone()
    return Snapshot(path, taken, facts)


def choose(snapshots: Iterable[Snapshot], at: str) -> Snapshot:
    """The one of this name, or the newest that is not later than `at`. What an earlier restore put aside is taken by
    its name alone."""
    known = sorted(snapshots, key=lambda s: (s.taken, s.name))
    for snapshot in known:
        if snapshot.name == at:
            return snapshot
    candidates = [s for s in known if not s.is_before_restore]
    if not candidates:
        raise NotFound("There is no snapshot. See --list, or name another folder with --from.")
    if at == "latest":
        return candidates[-1]
    moment = parse_moment(at)
    earlier = [s for s in candidates if s.taken <= moment]
    if not earlier:
        oldest = candidates[0]
        raise NotFound(
            f"No snapshot is as old as {in_words(moment)}; the oldest is {oldest.name} of {in_words(oldest.taken)}."
            " Name a later time, or another folder with --from."
        )
    return earlier[-1]


def read_snapshots(database: str, folder: Path) -> list[Snapshot]:
    """Oldest first. Raises NotFound where the folder cannot be read."""
    try:
        paths = [path for path in folder.iterdir() if path.is_dir()]
    except OSError as error:
        raise NotFound(f"{folder}: {error.strerror}. Is the filesystem with the snapshots mounted?") from None
    found = [described(database, path, _facts(path)) for path in paths]
    return sorted((s for s in found if s is not None), key=lambda s: (s.taken, s.name))


def _facts(path: Path) -> dict[str, str]:
    file = path / FACTS
    return parse_facts(file.read_text()) if file.is_file() else {}
