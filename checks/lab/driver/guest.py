"""A guest's software and configuration, as lab.ts hands them over."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Guest:
    image: Path  # folder with root.img, vmlinuz and initrd.img
    files: list[dict[str, str]]  # { path, text, mode } or { path, link }
    create: str  # disko's scripts
    mount: str

    @staticmethod
    def from_json(image: Path, data: dict[str, Any]) -> Guest:
        return Guest(image, data["files"], data["create"], data["mount"])

    def install_files(self, root: Path) -> None:
        """Writes the configuration below a folder that becomes, or lies over, the guest's root."""
        scripts = [
            {"path": "/etc/lab/disko-create", "text": _script(self.create), "mode": "0755"},
            {"path": "/etc/lab/disko-mount", "text": _script(self.mount), "mode": "0755"},
        ]
        for file in self.files + scripts:
            path = root / file["path"].lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if "link" in file:
                path.symlink_to(file["link"])
            else:
                path.write_text(file["text"])
                path.chmod(int(file["mode"], 8))

    def archive(self, folder: Path) -> Path:
        """An initramfs with the configuration behind it: the kernel unpacks both."""
        host = folder / "initrd" / "host"
        self.install_files(host)
        archive = subprocess.run(
            "find . | cpio --quiet --create --format=newc --owner=0:0",
            shell=True,
            check=True,
            capture_output=True,
            cwd=folder / "initrd",
        ).stdout
        target = folder / "initrd.img"
        initrd = (self.image / "initrd.img").read_bytes()
        # Archives begin at multiples of four bytes.
        target.write_bytes(initrd + b"\0" * (-len(initrd) % 4) + archive)
        return target

    @property
    def path(self) -> str:
        """PATH of the guest's shell."""
        environment = next(f["text"] for f in self.files if f["path"] == "/etc/lab/environment")
        return environment.strip().removeprefix("PATH=")


def _script(text: str) -> str:
    return f"#!/bin/bash\nset -efux\nexport IN_DISKO_TEST=1\n{text}\n"


def run(*command: str | os.PathLike[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
