"""Moments as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

from .problems import NotFound

# Of a snapshot's name, as btrbk writes it (timestamp_format long).
STAMP = "%Y%m%dT%H%M"

# Later than everything that the log has.
END = datetime.max.replace(tzinfo=UTC)


def parse_until(text: str) -> datetime:
    """As parse_moment; `end` is all that was committed."""
    return END if text == "end" else parse_moment(text)


def parse_moment(text: str) -> datetime:
    """ISO 8601, with a blank for the T as well; without a zone it is the machine's."""
    try:
        return datetime.fromisoformat(text.strip()).astimezone()
    except ValueError:
        raise NotFound(
            f'"{text}" is no time. Write it as 2026-11-26T14:00:00+01:00 or "2026-11-26 14:00" (this machine\'s zone).'
        ) from None


def stamp(moment: datetime) -> str:
    return moment.strftime(STAMP)


def in_words(moment: datetime) -> str:
    return "the end of the log" if moment == END else moment.strftime("%Y-%m-%d %H:%M:%S %z")
