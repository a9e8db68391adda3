"""What `btrfs scrub status -R` prints, in the C locale."""

from __future__ import annotations

import re
import time

from .ages import Event, Scrub

# no_csum counts blocks that have no checksum: every block of a NOCOW file. corrected and unverified repeat others.
ERRORS = ("read_errors", "csum_errors", "verify_errors", "super_errors", "uncorrectable_errors")


def parse_scrub(text: str, made: float) -> Scrub:
    """`made` is when the filesystem was: where none has run, that is what its age is counted from."""
    started = re.search(r"^Scrub (?:started|resumed):\s*(.+)$", text, re.MULTILINE)
    if started is None:
        return Scrub(Event(made, False), False, False, {})
    status = _line(text, "Status")
    finished = status == "finished"
    ended = time.mktime(time.strptime(started[1].strip(), "%a %b %d %H:%M:%S %Y")) + _duration(_line(text, "Duration"))
    # One that was cut short says nothing of the rest.
    event = Event(ended, True) if finished else Event(made, False)
    errors = {name: int(value) for name, value in re.findall(r"^\s+(\w+): (\d+)$", text, re.MULTILINE) if name in ERRORS}
    return Scrub(event, status == "running", finished, errors)


def _line(text: str, name: str) -> str:
    found = re.search(rf"^{name}:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def _duration(text: str) -> int:
    """H:MM:SS, with any number of hours."""
    parts = [int(part) for part in text.split(":")] if re.fullmatch(r"[\d:]+", text) else []
    return sum(part * 60**place for place, part in enumerate(reversed(parts)))
