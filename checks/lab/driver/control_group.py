"""A control group for one container: in a shared one, what systemd kills in one container would die in another."""

from __future__ import annotations

import os
import time
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")


class ControlGroup:
    def __init__(self, name: str) -> None:
        self.path = ROOT / f"dbtrfs-lab-{os.getpid()}-{name}"
        self.path.mkdir(exist_ok=True)

    def enter(self) -> None:
        """Moves the calling process; for a child, before it becomes another program."""
        (self.path / "cgroup.procs").write_text(str(os.getpid()))

    def remove(self) -> None:
        """Once nothing runs in it any more, which the kernel may notice a moment later."""
        for _ in range(50):
            folders = [folder for folder, _, _ in os.walk(self.path, topdown=False)]
            try:
                for folder in folders:
                    os.rmdir(folder)
                return
            except OSError:
                time.sleep(0.1)
