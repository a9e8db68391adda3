"""The doublewrite files of MySQL since 8.0.20: whole pages one after another, each written there before it is written to
its place, and flushed in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .page import Page

# With the size of a page. Those that end in .bdblwr hold no pages.
FILE = re.compile(r"#ib_(\d+)_\d+\.dblwr")


def files(directory: Path) -> dict[Path, int]:
    """Each with the size of its pages in bytes."""
    found = ((path, FILE.fullmatch(path.name)) for path in sorted(directory.iterdir()))
    return {path: int(match[1]) for path, match in found if match is not None}


def pages(path: Path, size: int) -> Iterator[Page]:
    with path.open("rb") as file:
        while len(data := file.read(size)) == size:
            yield Page(data)


def newest_copy(directory: Path, space: int, number: int) -> Page | None:
    """Of all whole copies of a page."""
    copies = [
        page
        for path, size in files(directory).items()
        for page in pages(path, size)
        if (page.space, page.number) == (space, number) and page.is_whole
    ]
    return max(copies, key=lambda page: page.lsn) if copies else None
