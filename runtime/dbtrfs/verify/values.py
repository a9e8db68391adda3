"""Values of settings in one notation, so that 7680MB equals 983040 blocks of 8 kB."""

from __future__ import annotations

import re

SIZES = {"b": 1, "kb": 1 << 10, "mb": 1 << 20, "gb": 1 << 30, "tb": 1 << 40}
# MySQL manual, "Program Option Modifiers" and "Using Options to Set Program Variables".
SHORT_SIZES = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40, "p": 1 << 50}
SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600, "d": 86400}
UNITS = SIZES | SHORT_SIZES | SECONDS
WORDS = {"on": "1", "true": "1", "yes": "1", "off": "0", "false": "0", "no": "0"}

NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([A-Za-z]*)$")
UNIT = re.compile(r"(\d*)\s*([A-Za-z]+)$")

INTERVALS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


def canonical(value: object, unit: str = "") -> str:
    """`unit` is that of a bare number, such as 8kB in PostgreSQL's pg_settings."""
    text = str(value).strip()
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    match = NUMBER.match(text)
    if match is None or (match[2] and match[2].lower() not in UNITS):
        return text.lower().rstrip("/") or "/"
    factor = UNITS[match[2].lower()] if match[2] else scale(unit)
    # A negative number stands for "as another setting" or "no limit", whatever the unit.
    number = float(match[1])
    return f"{number if number < 0 else number * factor:.12g}"


def scale(unit: str) -> float:
    match = UNIT.match(unit)
    return int(match[1] or 1) * UNITS[match[2].lower()] if match else 1


def seconds(interval: str) -> int:
    """Of an interval as a spec has it: 30s, 15min, 1h, 1d, 1w."""
    match = re.fullmatch(r"(\d+)(s|min|h|d|w)", interval)
    if match is None:
        raise ValueError(f"{interval}: no interval such as 30s, 15min, 6h, 1d or 1w")
    return int(match[1]) * INTERVALS[match[2]]


def version(text: str) -> tuple[int, ...]:
    match = re.search(r"\d+(\.\d+)*", text)
    if match is None:
        raise ValueError(f"{text}: no version")
    return tuple(int(part) for part in match[0].split("."))
