"""What a check has to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A difference between the host and its plan."""

    check: str
    subject: str  # a path, a filesystem, a database, a setting
    found: str
    planned: str
    advice: str  # what to do about it


@dataclass(frozen=True)
class Outcome:
    """What one check looked at and what it found."""

    looked_at: int
    findings: list[Finding]
