"""The root of a container: the guest's image, read only, with a fresh layer in memory and the host's configuration in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from guest import Guest, run
from mount_units import write_mount_units


class ContainerRoot:
    def __init__(self, guest: Guest, folder: Path) -> None:
        self.guest = guest
        self.path = folder / "root"
        self.image = folder / "lower"
        self.layer = folder / "layer"

    def make(self) -> None:
        if not self.image.exists():
            self.image.mkdir()
            run("mount", "-o", "loop,ro", self.guest.image / "root.img", self.image)
        self.layer.mkdir(exist_ok=True)
        run("mount", "-t", "tmpfs", "-o", "size=2g", "layer", self.layer)
        files, work = self.layer / "files", self.layer / "work"
        files.mkdir()
        work.mkdir()
        self.guest.install_files(files)
        write_mount_units(files)
        self.path.mkdir(exist_ok=True)
        layers = f"lowerdir={self.image},upperdir={files},workdir={work}"
        run("mount", "-t", "overlay", "-o", layers, "root", self.path)

    def remove(self) -> None:
        for target in (self.path, self.layer):
            subprocess.run(["umount", "--recursive", "--lazy", target], check=False, capture_output=True)

    def close(self) -> None:
        self.remove()
        subprocess.run(["umount", "--lazy", self.image], check=False, capture_output=True)
