"""When the newest snapshot was taken, from names as the snapshot unit gives them: NAME.YYYYMMDDTHHMM[_N]."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable


def newest(name: str, entries: Iterable[str]) -> float | None:
    pattern = re.compile(rf"{re.escape(name)}\.(\d{{8}}T\d{{4}})(_\d+)?")
    stamps = [match[1] for match in map(pattern.fullmatch, entries) if match]
    return time.mktime(time.strptime(max(stamps), "%Y%m%dT%H%M")) if stamps else None
