"""The metrics that other units wrote, in the form that dbtrfs.metrics gives them."""

from __future__ import annotations

import re

LINE = re.compile(r'(\w+)\{(?:.*,)?database="((?:[^"\\]|\\.)*)"(?:,.*)?\} (\S+)')


def parse_metrics(text: str) -> dict[tuple[str, str], float]:
    """By name and database."""
    found = (LINE.fullmatch(line) for line in text.splitlines())
    return {(match[1], match[2]): float(match[3]) for match in found if match}
