"""What has to be made and copied for a restore, as data: planned directories first, each with its flags, then what lies
in them. Files take their flags from the directory that they are made in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..instances import Directory
from .places import OWN, Copy
from .snapshots import FACTS


@dataclass(frozen=True)
class MakePlanned:
    target: Path
    directory: Directory


@dataclass(frozen=True)
class MakeLike:
    """A directory that leads to a planned one: owner and mode as in the snapshot."""

    source: Path
    target: Path


@dataclass(frozen=True)
class CopyEntry:
    source: Path
    target: Path
    no_cow: bool


Step = MakePlanned | MakeLike | CopyEntry
# The names in a directory of the snapshot; none where it is not there.
Listing = Callable[[Path], list[str]]


def copy_steps(snapshot: Path, copy: Copy, listing: Listing) -> list[Step]:
    mount = Path(copy.instance.mount_point)
    planned = {
        Path(d.path).relative_to(mount): d for d in copy.instance.directories if Path(d.path).is_relative_to(mount)
    }
    return list(_below(Path("."), snapshot, copy, planned, listing))


def _below(
    relative: Path, snapshot: Path, copy: Copy, planned: Mapping[Path, Directory], listing: Listing
) -> Iterator[Step]:
    target = copy.locate(Path(copy.instance.mount_point) / relative)
    if relative in planned:
        yield MakePlanned(target, planned[relative])
    else:
        yield MakeLike(snapshot / relative, target)
    for child in _children(relative, planned, listing(snapshot / relative)):
        if _leads_to_planned(child, planned):
            yield from _below(child, snapshot, copy, planned, listing)
        else:
            here = copy.locate(Path(copy.instance.mount_point) / child)
            yield CopyEntry(snapshot / child, here, is_no_cow(child, planned))


def _children(relative: Path, planned: Mapping[Path, Directory], names: list[str]) -> list[Path]:
    """A planned directory is made though the snapshot lacks it."""
    below = {Path(*p.parts[: len(relative.parts) + 1]) for p in planned if p != relative and p.is_relative_to(relative)}
    left_out = (Path(OWN), Path(FACTS))
    return sorted({relative / name for name in names} - set(left_out) | below)


def _leads_to_planned(path: Path, planned: Mapping[Path, Directory]) -> bool:
    return any(p.is_relative_to(path) for p in planned)


def is_no_cow(path: Path, planned: Mapping[Path, Directory]) -> bool:
    nearest = max((p for p in planned if path.is_relative_to(p)), key=lambda p: len(p.parts))
    return planned[nearest].no_cow
