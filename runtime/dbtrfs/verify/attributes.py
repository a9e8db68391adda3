"""Owners, flags and compression: what the directories and files have against what is planned for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dbtrfs.instances import Directory as Planned

from .directory import Directory, File
from .finding import Finding
from .inode import Attributes
from .plan import Database

# Files with what users store, not the log nor what the engine keeps for itself.
TABLES = {
    "postgresql": re.compile(r"/base/\d+/\d+(\.\d+)?$"),
    "mysql": re.compile(r"/(?!mysql/|sys/|performance_schema/|#)[^/]+/[^/]+\.ibd$"),
    "mariadb": re.compile(r"/(?!mysql/|sys/|performance_schema/|#)[^/]+/[^/]+\.ibd$"),
    "sqlite": re.compile(r"(?<!-wal)(?<!-shm)(?<!-journal)$"),
}
# A file this small may lie inline, or have been written in pieces too small to compress.
LEAST_TABLE = 1 << 20
LARGEST = 3
# So many findings of one kind are said of one directory.
SAID = 5
# So much of a table is compressed before it counts as compressed.
COMPRESSED_SHARE = 0.1


def compare_owner(database: Database, planned: Planned, found: Directory) -> Iterator[Finding]:
    modes = {int(planned.mode, 8)}
    if database.engine == "postgresql" and planned.path == database.data_directory:
        # initdb makes it 0700; systemd-tmpfiles gives it the planned mode when it runs the next time.
        modes.add(0o700)
    if found.mode not in modes:
        yield Finding("owners", planned.path, f"mode {found.mode:04o}", f"mode {planned.mode}", f"chmod {planned.mode} {planned.path}")
    owner, wanted = f"{found.owner}:{found.group}", f"{planned.user}:{planned.group}"
    if owner != wanted:
        yield Finding("owners", planned.path, owner, wanted, f"chown {wanted} {planned.path}")


def compare_flags(database: Database, planned: Planned, found: Directory) -> Iterator[Finding]:
    unit = f"dbtrfs-attributes-{database.name}"
    advice = (
        f"The flag of a file cannot change once it holds data: a real copy is needed. 'systemctl start {unit}; "
        f"journalctl -u {unit}' prints the commands. Where the guard is on, the database will not start again "
        "before."
    )
    findings = [
        Finding("flags", path, f"a {_in_words(attributes.no_cow)} {kind}", _in_words(planned.no_cow), advice)
        for path, kind, attributes in _each(planned.path, found)
        if attributes.no_cow != planned.no_cow
    ]
    yield from _first(planned.path, findings)


def _in_words(no_cow: bool) -> str:
    return "NOCOW" if no_cow else "copy-on-write"


def _first(path: str, findings: list[Finding]) -> Iterator[Finding]:
    """A few say what is wrong with a whole tree."""
    yield from findings[:SAID]
    if len(findings) > SAID:
        yield replace(findings[SAID], subject=f"{len(findings) - SAID} more in {path}")


def compare_compression(planned: Planned, found: Directory) -> Iterator[Finding]:
    """The property decides for new files: of those that lie here already a file keeps what it was made with."""
    wanted = planned.compression or "no property"
    value = planned.compression or "''"
    findings = [
        Finding(
            "compression", path, attributes.compression or "no property", wanted, f"btrfs property set {path} compression {value}"
        )
        for path, kind, attributes in _each(planned.path, found)
        if kind == "directory" and attributes.compression != planned.compression
    ]
    yield from _first(planned.path, findings)


def _each(path: str, found: Directory) -> Iterator[tuple[str, str, Attributes]]:
    if found.attributes is not None:
        yield path, "directory", found.attributes
    yield from ((e.path, e.kind, e.attributes) for e in found.below if e.attributes is not None)


def tables(database: Database, planned: Planned, found: Directory) -> list[File]:
    """The largest files of user data."""
    if planned.component != "data":
        return []
    pattern = TABLES[database.engine]
    large = [f for f in found.files if f.layout.size >= LEAST_TABLE and pattern.search(f.path.removeprefix(planned.path))]
    return sorted(large, key=lambda file: -file.layout.size)[:LARGEST]


def compare_tables(database: Database, planned: Planned, found: Directory) -> Iterator[Finding]:
    """Whether compression really took place; data that no algorithm makes smaller is left plain and no drift."""
    for file in tables(database, planned, found):
        share = file.layout.compressed / file.layout.size
        if planned.compression is not None and share < COMPRESSED_SHARE and file.compressible:
            advice = (
                "Something wrote it with fallocate, or before the property was set: see file_extend_method in the "
                f"plan, then rewrite the table, or 'btrfs filesystem defragment -c{planned.compression} "
                f"{file.path}' where no snapshot shares it."
            )
            yield Finding("compression", file.path, f"{share:.0%} compressed, and compressible", planned.compression, advice)
        if planned.compression is None and share >= COMPRESSED_SHARE:
            advice = (
                "A property or a mount option compressed it once. Rewrite the table (VACUUM FULL, ALTER TABLE … "
                "FORCE) without either."
            )
            yield Finding("compression", file.path, f"{share:.0%} compressed", "no compression", advice)
