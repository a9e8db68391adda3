"""The words of a request, each let through only in the form that it may have: they come from accounts without rights."""

from __future__ import annotations

import re

from ..restore.problems import NotFound

# It names a unit's instance, folders and a socket's folder, and is at most as long as a socket's path leaves room for.
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
DATABASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
SNAPSHOT = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*)\.(?:before-restore\.)?\d{8}T\d{4}(?:_\d+)?")
LENGTH = re.compile(r"([1-9][0-9]{0,4})(s|min|h|d|w)")
LATEST = "latest"

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


def name(text: str) -> str:
    if NAME.fullmatch(text) is None:
        raise NotFound(f'"{text}" is no name of a clone: a lower-case letter, then up to 30 of a-z 0-9 -.')
    return text


def database(text: str) -> str:
    if DATABASE.fullmatch(text) is None:
        raise NotFound(f'"{text}" is no name of a database: letters, digits, - and _.')
    return text


def source(text: str) -> str:
    if text != LATEST and SNAPSHOT.fullmatch(text) is None:
        raise NotFound(f'"{text}" is no snapshot. Say `latest`, or a name as `dbtrfs-clone list --snapshots` shows it.')
    return text


def database_of(snapshot: str) -> str | None:
    """Of `orders.20261126T1400` it is `orders`; None for `latest`."""
    match = SNAPSHOT.fullmatch(snapshot)
    return None if match is None else match[1]


def seconds(text: str) -> int:
    match = LENGTH.fullmatch(text)
    if match is None:
        raise NotFound(f'"{text}" is no length of time. Write a number and a unit: 30min, 4h, 2d (s, min, h, d, w).')
    return int(match[1]) * SECONDS[match[2]]
