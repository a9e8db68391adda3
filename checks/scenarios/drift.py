"""One change of a running host that dbtrfs-verify must name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PLAN, INSTANCES = "/etc/dbtrfs/plan.json", "/etc/dbtrfs/instances.json"

# A shell command, or something that takes more than one.
Step = str | Callable[[], object]


@dataclass(frozen=True)
class Drift:
    check: str
    words: str  # of the subject or of what is found
    cause: tuple[Step, ...]
    undo: tuple[Step, ...]


def edit(path: str, program: str) -> str:
    return f"cp {path} {path}.kept; jq '{program}' {path}.kept > {path}"
