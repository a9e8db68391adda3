"""The old state, kept as a snapshot that restores like any other and that no retention deletes."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from ..commands import run
from ..instances import Instance
from . import subvolumes
from .copying import copy_entry
from .moments import stamp
from .places import OWN
from .snapshots import BEFORE_RESTORE, FACTS
from .switch import contents


def unfinished(instance: Instance) -> Path:
    return Path(instance.snapshot_directory) / f".{instance.name}.{BEFORE_RESTORE}"


def keep_old_state(instance: Instance, restored: str) -> Path:
    """The database is stopped, so its log can be copied from another filesystem at leisure."""
    copy = unfinished(instance)
    subvolumes.delete(copy)
    subvolumes.snapshot(Path(instance.mount_point), copy)
    if (copy / OWN).exists():
        shutil.rmtree(copy / OWN)
    _copy_log(instance, copy)
    now = datetime.now().astimezone()
    (copy / FACTS).write_text(f"taken={now.isoformat(timespec='seconds')}\nbefore_restore_of={restored}\n")
    run("sync", "--file-system", str(copy))
    subvolumes.make_read_only(copy)
    target = free_name(Path(instance.snapshot_directory) / f"{instance.name}.{BEFORE_RESTORE}.{stamp(now)}")
    os.rename(copy, target)
    return target


def _copy_log(instance: Instance, copy: Path) -> None:
    log = instance.log_filesystem
    if log is None:
        return
    inside = copy / Path(log).relative_to(instance.mount_point)
    for entry in contents(Path(log)):
        copy_entry(entry, inside / entry.name, no_cow=False)
    stat = os.stat(log)
    os.chown(inside, stat.st_uid, stat.st_gid)


def free_name(path: Path) -> Path:
    """With _1, _2 … where there is one already, as btrbk counts."""
    number, name = 0, path
    while name.exists():
        number += 1
        name = path.with_name(f"{path.name}_{number}")
    return name
