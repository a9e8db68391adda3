"""Running other programs."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence


class CommandFailed(Exception):
    """A program that failed, with what it said."""

    def __init__(self, command: Sequence[str], status: int, output: str) -> None:
        super().__init__(f"{' '.join(command)} failed ({status}): {output.strip() or 'no output'}")
        self.status = status
        self.output = output


def run(*command: str, input: str | None = None, timeout: float | None = None) -> str:
    """Its standard output. Raises CommandFailed, FileNotFoundError and subprocess.TimeoutExpired."""
    result = subprocess.run(command, input=input, capture_output=True, text=True, timeout=timeout, check=False)
    if result.returncode != 0:
        raise CommandFailed(command, result.returncode, result.stderr + result.stdout)
    return result.stdout
