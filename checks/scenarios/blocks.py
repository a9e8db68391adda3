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


def places_of(engine: Engine, device: str, logical: int) -> list[Place]:
    """Each copy of a byte on the disks, from the chunk tree of a filesystem that is not mounted.

    Raises where its chunk is striped. (btrfs-map-logical 6.14 does not find a byte in the middle of a large extent.)
    """
    for start, text in chunks(engine, device):
        length = int(re.findall(r"length (\d+)", text)[0])
        if not start <= logical < start + length:
            continue
        if "RAID0" in text or "RAID10" in text or "RAID5" in text or "RAID6" in text:
            raise AssertionError(f"{device}: byte {logical} lies in stripes")
        stripes = re.findall(r"stripe \d+ devid (\d+) offset (\d+)", text)
        return [Place(path_of(engine, device, devid), int(offset) + logical - start) for devid, offset in stripes]
    raise AssertionError(f"{device}: no chunk holds byte {logical}")


def chunks(engine: Engine, device: str) -> list[tuple[int, str]]:
    """The first logical byte and the description of each chunk."""
    tree = engine.machine.succeed(f"btrfs inspect-internal dump-tree --tree chunk {device}")
    parts = re.split(r"FIRST_CHUNK_TREE CHUNK_ITEM (\d+)\)", tree)[1:]
    return [(int(parts[i]), parts[i + 1]) for i in range(0, len(parts), 2)]


def path_of(engine: Engine, device: str, devid: str) -> str:
    """The device with a number, among those of a filesystem."""
    lines = engine.machine.succeed(f"btrfs filesystem show {device}").splitlines()
    return next(line.split()[-1] for line in lines if line.strip().startswith("devid") and line.split()[1] == devid)


def logical_address(engine: Engine, path: str, offset: int) -> int:
    """btrfs's own address of a byte of a file, once the file has one."""
    engine.machine.succeed(f"sync -f {path}")
    block = offset // PAGE
    for line in engine.machine.succeed(f"filefrag -e -v -b{PAGE} {path}").splitlines():
        match = re.match(r"\s*\d+:\s*(\d+)\.\.\s*(\d+):\s*(\d+)\.\.", line)
        if match and int(match[1]) <= block <= int(match[2]):
            if "encoded" in line:
                # Compressed: any byte of the extent damages all that it holds.
                return int(match[3]) * PAGE + offset % PAGE
            return (int(match[3]) + block - int(match[1])) * PAGE + offset % PAGE
    raise AssertionError(f"{path}: no extent holds byte {offset}")


def find_text(engine: Engine, path: str, text: str) -> list[int]:
    """The first byte of each occurrence of a text in a file."""
    found = engine.machine.succeed(f"grep --text --byte-offset --only-matching '{text}' {path} | cut -d: -f1").split()
    if not found:
        raise AssertionError(f"{path} does not hold '{text}'")
    return [int(offset) for offset in found]


def read_byte(engine: Engine, place: Place) -> int:
    read = f"dd if={place.device} bs=1 skip={place.offset} iflag=skip_bytes count=1 status=none | od -An -tu1"
    return int(engine.machine.succeed(f"blockdev --flushbufs {place.device}; {read}"))


def write_byte(engine: Engine, place: Place, value: int) -> None:
    """On the device. Nothing of the filesystem may be mounted: newer kernels forbid it then."""
    engine.machine.succeed(
        f"printf '\\x{value:02x}' | "
        f"dd of={place.device} bs=1 seek={place.offset} oflag=seek_bytes conv=notrunc,fsync status=none; "
        f"blockdev --flushbufs {place.device}"
    )
