"""fstab as mount units: systemd's own generator ignores devices in a container (systemd-fstab-generator(8))."""

from __future__ import annotations

import re
from pathlib import Path

UNITS = Path("etc/systemd/system")


def escape_path(path: str) -> str:
    """systemd-escape --path"""
    plain = path.strip("/") or "-"
    escaped = re.sub(r"[^A-Za-z0-9:_./]", lambda m: f"\\x{ord(m[0]):02x}", plain)
    return "-" if plain == "-" else escaped.replace("/", "-")


def write_mount_units(root: Path) -> None:
    for line in (root / "etc/fstab").read_text().splitlines():
        device, path, kind, options = line.split()[:4]
        if path.startswith("/"):
            _write(root, device, path, kind, options.split(","))


def _write(root: Path, device: str, path: str, kind: str, options: list[str]) -> None:
    name = f"{escape_path(path)}.mount"
    optional = "nofail" in options
    ordering = "" if optional else "Before=local-fs.target\n"
    kept = ",".join(option for option in options if option != "nofail")
    (root / UNITS / name).write_text(
        f"[Unit]\n{ordering}[Mount]\nWhat={device}\nWhere={path}\nType={kind}\nOptions={kept}\n"
    )
    wants = root / UNITS / f"local-fs.target.{'wants' if optional else 'requires'}"
    wants.mkdir(exist_ok=True)
    (wants / name).symlink_to(f"../{name}")
