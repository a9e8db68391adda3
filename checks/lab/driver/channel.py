"""Lines that the guest reports while it runs, over a way that does not lead through its disks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from disks import Cut


@dataclass(frozen=True)
class Report:
    line: str
    cut: Cut  # the disks' logs when the line had arrived: what it speaks of lies before


class Channel:
    def __init__(self, positions: Callable[[], Cut]) -> None:
        self.reports: list[Report] = []
        self._positions = positions
        self._reader: threading.Thread | None = None

    def read_from(self, file: BinaryIO) -> None:
        """Reads in the background until the other end closes."""
        self._reader = threading.Thread(target=self._read, args=(file,), daemon=True)
        self._reader.start()

    def _read(self, file: BinaryIO) -> None:
        for line in file:
            # A line that the crash cut short may be the beginning of a longer number.
            if line.endswith(b"\n"):
                self.reports.append(Report(line.decode(errors="replace").strip(), self._positions()))

    def drain(self) -> None:
        """After the machine is gone: everything that was on its way."""
        if self._reader is not None:
            self._reader.join(timeout=10)
            self._reader = None

    def clear(self) -> None:
        self.reports = []
