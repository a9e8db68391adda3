"""A file that systemd reads for EnvironmentFile=, read by systemd: its quoting is no shell's (systemd.exec(5))."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .commands import run


def environment_of(path: str, prefix: str) -> dict[str, str]:
    """The file's variables of that prefix, by name. Raises CommandFailed where it cannot be read."""
    # Keys are in it: the folder is its owner's alone.
    with tempfile.TemporaryDirectory(prefix="dbtrfs-", dir="/run") as folder:
        output = Path(folder) / "environment"
        properties = [f"EnvironmentFile={path}", f"StandardOutput=truncate:{output}"]
        unit = ["systemd-run", "--quiet", "--collect", "--service-type=oneshot"]
        run(*unit, *(f"--property={each}" for each in properties), "env", "--null")
        pairs = (entry.partition("=") for entry in output.read_text().split("\0"))
        return {name: value for name, _, value in pairs if name.startswith(prefix)}
