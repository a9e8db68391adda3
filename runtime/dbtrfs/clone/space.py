"""Room on the filesystem that a clone shares with its original."""

from __future__ import annotations

import os

from ..instances import Instance
from ..restore.problems import Refused
from .policy import GIB, Policy


def free_part(instance: Instance) -> float:
    """0 to 1."""
    room = os.statvfs(str(instance.clone_directory))
    return room.f_bavail / room.f_blocks


def refuse_without_room(instance: Instance, policy: Policy) -> None:
    free = free_part(instance)
    if free < policy.keep_free:
        raise Refused(
            f"{instance.clone_directory}: {free:.0%} of the filesystem is free, and clones leave {policy.keep_free:.0%} alone"
            " (dbtrfs.clones.keepFreePercent), for the original needs room to write. Delete what is not needed."
        )


def in_words(size: int) -> str:
    return f"{size / GIB:.1f} GiB" if size >= GIB / 10 else f"{size / (1 << 20):.1f} MiB"
