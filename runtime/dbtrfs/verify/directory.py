"""What lies in a planned directory: its owner, its flags, those of everything below, and how the largest files lie."""

from __future__ import annotations

import grp
import heapq
import itertools
import os
import pwd
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .extents import Extent, Layout, read_extents, summarise
from .inode import Attributes, read_attributes

# Below this lie settings and markers, which a person may have moved here (modules/attributes.sh).
SMALLEST = 8 * 1024
# So many of the largest and of the newest files.
LOOKED_INTO = 20
# What a look at the data of a file reads, and how often.
SAMPLE = 128 * 1024
SAMPLES = 8
# A block of Btrfs must be saved for compression to be kept; an eighth leaves room for other algorithms than zlib's.
COMPRESSIBLE = 7 / 8


@dataclass(frozen=True)
class Entry:
    path: str
    kind: str  # directory or file
    size: int
    modified: float
    attributes: Attributes | None = None


@dataclass(frozen=True)
class File:
    path: str
    attributes: Attributes
    layout: Layout
    compressible: bool | None  # None: not looked into


@dataclass(frozen=True)
class Directory:
    owner: str
    group: str
    mode: int
    attributes: Attributes | None  # None where the filesystem is another one
    below: list[Entry]  # directories, and the largest and newest files
    files: list[File]  # the largest


def read_directory(path: str, others: list[str], on_btrfs: bool, sample: bool) -> Directory:
    """Raises OSError where it is not there. `others` are planned directories below, which answer for themselves;
    `sample` is whether to look at the data, for what compression could do."""
    status = os.stat(path)
    entries = list(walk(path, frozenset(others), status.st_dev)) if on_btrfs else []
    files = [entry for entry in entries if entry.kind == "file" and entry.size > SMALLEST]
    largest = heapq.nlargest(LOOKED_INTO, files, key=lambda entry: entry.size)
    newest = heapq.nlargest(LOOKED_INTO, files, key=lambda entry: entry.modified)
    chosen = [entry for entry in entries if entry.kind == "directory"] + sorted({*largest, *newest}, key=lambda e: e.path)
    return Directory(
        owner=_name_of(status.st_uid),
        group=_group_of(status.st_gid),
        mode=stat.S_IMODE(status.st_mode),
        attributes=read_attributes(path) if on_btrfs else None,
        below=list(_with_attributes(chosen)),
        files=list(_files(largest, sample)),
    )


def walk(path: str, others: frozenset[str], device: int) -> Iterator[Entry]:
    """Everything on the same subvolume; what a running server deletes meanwhile is left out."""
    try:
        with os.scandir(path) as entries:
            found = list(entries)
    except FileNotFoundError:
        return
    for entry in found:
        if entry.path in others or entry.is_symlink():
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        if status.st_dev != device:
            continue
        if stat.S_ISDIR(status.st_mode):
            yield Entry(entry.path, "directory", 0, status.st_mtime)
            yield from walk(entry.path, others, device)
        elif stat.S_ISREG(status.st_mode):
            yield Entry(entry.path, "file", status.st_size, status.st_mtime)


def _with_attributes(entries: list[Entry]) -> Iterator[Entry]:
    for entry in entries:
        try:
            yield Entry(entry.path, entry.kind, entry.size, entry.modified, read_attributes(entry.path))
        except FileNotFoundError:
            continue


def _files(entries: list[Entry], sample: bool) -> Iterator[File]:
    for entry in entries:
        try:
            attributes, layout = read_attributes(entry.path), summarise(read_extents(entry.path))
            compressible = _is_compressible(entry.path, layout.extents) if sample else None
            yield File(entry.path, attributes, layout, compressible)
        except FileNotFoundError:
            continue


def _is_compressible(path: str, count: int) -> bool | None:
    """Whether what lies uncompressed on the disk could be smaller, from a few pieces of it."""
    plain = (extent for extent in read_extents(path) if not extent.compressed)
    chosen = itertools.islice(plain, 0, None, max(1, count // SAMPLES))
    with open(path, "rb") as file:
        data = b"".join(_read(file.fileno(), extent) for extent in chosen)
    return len(zlib.compress(data, 1)) < len(data) * COMPRESSIBLE if data else None


def _read(file: int, extent: Extent) -> bytes:
    try:
        return os.pread(file, min(SAMPLE, extent.length), extent.logical)
    except OSError:
        # A bad block, which Btrfs has counted now: device-errors tells.
        return b""


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _group_of(gid: int) -> str:
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)
