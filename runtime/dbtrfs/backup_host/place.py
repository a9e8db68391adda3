"""Whether the disk for backups is there: an empty directory of the system's own disk is never taken for it."""

from __future__ import annotations

from pathlib import Path

from ..restore.problems import Refused
from ..verify.mounts import parse_mountinfo
from .configuration import BackupHost

MOUNTS = Path("/proc/self/mountinfo")


def require_mounted(host: BackupHost, text: str | None = None) -> None:
    """`text` is of the mountinfo; this process's own if not given."""
    mount = parse_mountinfo(MOUNTS.read_text() if text is None else text).get(str(host.mount_point))
    if mount is None or mount.kind != "btrfs":
        found = "nothing" if mount is None else mount.kind
        raise Refused(
            f"{host.mount_point}: {found} is mounted here, and backups are received on Btrfs. Mount the disk for them; "
            "'systemctl --failed' shows its unit."
        )
