"""The directories to receive into, made once the disk is there: a subvolume for each sending host, for its limit."""

from __future__ import annotations

from ..backup_host import limits
from ..backup_host.configuration import BackupHost, Sender
from ..backup_host.subvolume import read_subvolume
from ..restore import subvolumes
from ..restore.problems import Refused


def prepare(host: BackupHost) -> int:
    host.directory.mkdir(mode=0o711, exist_ok=True)
    if any(sender.limit is not None for sender in host.senders.values()):
        _enable_limits(host)
    for sender in host.senders.values():
        _directories(sender)
        if sender.limit is not None:
            limits.prepare(sender)
    return 0


def _enable_limits(host: BackupHost) -> None:
    if limits.mode(host.mount_point) == "qgroup":
        raise Refused(
            f"{host.mount_point} has full quotas, which do not count what is received to a host's limit. Turn them off "
            f"('btrfs quota disable {host.mount_point}'), and this turns simple ones on; or set no spaceLimitGiB."
        )
    limits.enable(host.mount_point)


def _directories(sender: Sender) -> None:
    if not sender.directory.exists():
        subvolumes.create(sender.directory)
    if read_subvolume(sender.directory) is None:
        raise Refused(f"{sender.directory} is a plain directory, and a limit counts by subvolume. Move it away, and what is in it.")
    sender.directory.chmod(0o700)
    for sent in sender.databases.values():
        sent.directory.mkdir(mode=0o700, exist_ok=True)
