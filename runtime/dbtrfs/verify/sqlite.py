"""SQLite's settings that a file keeps, read from its header: https://www.sqlite.org/fileformat2.html#the_database_header.

Nothing is opened through SQLite: that would want to write a -shm file beside a database in WAL mode.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .finding import Finding
from .plan import Database

MAGIC = b"SQLite format 3\0"
HEADER = 100
ADVICE = {
    "page_size": (
        "PRAGMA journal_mode = DELETE; PRAGMA page_size = {value}; VACUUM; PRAGMA journal_mode = WAL, with the "
        "application stopped."
    ),
    "journal_mode": (
        "PRAGMA journal_mode = {value}, while nobody else has the file open. The application should set the "
        "pragmas of /etc/dbtrfs/sqlite/ itself."
    ),
    "auto_vacuum": "PRAGMA auto_vacuum = {value}; VACUUM, with the application stopped.",
}


@dataclass(frozen=True)
class Header:
    path: str
    kept: dict[str, str]


def parse_header(path: str, data: bytes) -> Header | None:
    """None where the file is no database; one that holds nothing yet has no header."""
    if len(data) < HEADER or not data.startswith(MAGIC):
        return None
    size = int.from_bytes(data[16:18], "big")
    kept = {
        "page_size": str(65536 if size == 1 else size),
        # The version that a reader and a writer must know: 2 is the write-ahead log.
        "journal_mode": "wal" if data[18] == data[19] == 2 else "delete",
        "auto_vacuum": _auto_vacuum(data),
    }
    return Header(path, kept)


def _auto_vacuum(data: bytes) -> str:
    if int.from_bytes(data[52:56], "big") == 0:
        return "none"
    return "incremental" if int.from_bytes(data[64:68], "big") else "full"


def compare_header(database: Database, header: Header) -> Iterator[Finding]:
    for setting in database.settings:
        found = header.kept.get(setting.name)
        if found is not None and found != str(setting.value).lower():
            advice = ADVICE[setting.name].format(value=setting.value)
            yield Finding("settings", f"{header.path}, {setting.name}", found, str(setting.value), advice)
