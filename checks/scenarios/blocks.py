"""Where a byte of a database file lies on the disks, and how it is changed behind the filesystem's back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engines import Engine, InnoDB, PostgreSQL

PAGE = 4096


@dataclass(frozen=True)
class Place:
    device: str
    offset: int  # in bytes


def table_file(engine: Engine) -> str:
    directory = engine.database["dataDirectory"]
    if isinstance(engine, PostgreSQL):
        return f"{directory}/" + engine.sql("SELECT pg_relation_filepath('words');")
    if isinstance(engine, InnoDB):
        return f"{directory}/lab/words.ibd"
    return f"{directory}/lab.db"


def places_of(engine: Engine, path: str, offset: int) -> list[Place]:
    """Each copy of a byte of a file, by btrfs's own maps."""
    logical = logical_address(engine, path, offset)
    device = engine.machine.succeed(f"findmnt --noheadings --nofsroot --output=SOURCE --target {path}").strip()
    lines = engine.machine.succeed(f"btrfs-map-logical --logical {logical} --bytes {PAGE} {device}").splitlines()
    found = [re.match(r"mirror \d+ logical \d+ physical (\d+) device (\S+)", line) for line in lines]
    return [Place(match[2], int(match[1]) + offset % PAGE) for match in found if match]


def logical_address(engine: Engine, path: str, offset: int) -> int:
    block = offset // PAGE
    for line in engine.machine.succeed(f"filefrag -e -v -b{PAGE} {path}").splitlines():
        match = re.match(r"\s*\d+:\s*(\d+)\.\.\s*(\d+):\s*(\d+)\.\.", line)
        if match and int(match[1]) <= block <= int(match[2]):
            return (int(match[3]) + block - int(match[1])) * PAGE
    raise AssertionError(f"{path}: no extent holds byte {offset}")


def find_text(engine: Engine, path: str, text: str) -> int:
    """The first byte of a text in the middle of a file."""
    found = engine.machine.succeed(f"grep --text --byte-offset --only-matching '{text}' {path} | cut -d: -f1").split()
    if not found:
        raise AssertionError(f"{path} does not hold '{text}'")
    return int(found[len(found) // 2])


def flip(engine: Engine, place: Place, text: str = "X") -> None:
    """Overwrites bytes on the device. Nothing of the filesystem may be mounted: newer kernels forbid it then."""
    engine.machine.succeed(
        f"printf %s '{text}' | dd of={place.device} bs=1 seek={place.offset} oflag=seek_bytes conv=notrunc,fsync status=none"
    )
