"""Where the parts of an instance lie in a copy of it, as pure functions of paths."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..instances import Instance

# Below the mount point, and below the log's own filesystem: everything that a restore makes there. Snapshots leave it
# aside when they are restored, and the check of the attributes (modules/attributes.sh) does not look into it.
OWN = ".dbtrfs"


@dataclass(frozen=True)
class Copy:
    instance: Instance
    root: Path  # stands for the mount point
    log_root: Path | None = None  # stands for the log's own filesystem, where the copy has one as well

    def locate(self, path: str | Path) -> Path:
        """Where a path of the running database lies in the copy. Raises ValueError for one that is not captured."""
        log = self.instance.log_filesystem
        if self.log_root is not None and log is not None and Path(path).is_relative_to(log):
            return self.log_root / Path(path).relative_to(log)
        return self.root / Path(path).relative_to(self.instance.mount_point)

    def original(self, path: Path) -> Path:
        """What a path in the copy stands for."""
        log = self.instance.log_filesystem
        if self.log_root is not None and log is not None and path.is_relative_to(self.log_root):
            return Path(log) / path.relative_to(self.log_root)
        return Path(self.instance.mount_point) / path.relative_to(self.root)

    @property
    def data(self) -> Path:
        return self.locate(self.instance.data_directory)

    @property
    def roots(self) -> list[Path]:
        return [self.root] if self.log_root is None else [self.root, self.log_root]


def live(instance: Instance) -> Copy:
    """The database itself."""
    log = instance.log_filesystem
    return Copy(instance, Path(instance.mount_point), None if log is None else Path(log))


def own_folder(instance: Instance) -> Path:
    return Path(instance.mount_point) / OWN


def staged(instance: Instance) -> Copy:
    """What is to become the database, on the same filesystems, so that renames are enough."""
    return Copy(instance, *(root / OWN / "new" for root in live(instance).roots))
