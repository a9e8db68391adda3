"""Of the subvolumes of a filesystem, those that a sending host may know: its own, and what they lie in."""

from __future__ import annotations

import re
from collections.abc import Iterable

LINE = re.compile(r"ID \d+ .*? path (?:<FS_TREE>/)?(?P<path>.*)")
RECEIVED = re.compile(r" received_uuid (?P<uuid>\S+) ")


def visible(lines: Iterable[str], directory: str) -> list[str]:
    """`directory` is the sending host's, from the top of the filesystem on, without a slash at its start. A transfer that
    broke is left out, so that btrbk sends the same snapshot again; what it left is deleted before."""
    return [line for line in lines if _is_visible(line, directory)]


def _is_visible(line: str, directory: str) -> bool:
    match = LINE.fullmatch(line)
    if match is None:
        return False
    path = match["path"]
    if path == directory or directory.startswith(f"{path}/"):
        return True
    received = RECEIVED.search(line)
    return path.startswith(f"{directory}/") and (received is None or received["uuid"] != "-")
