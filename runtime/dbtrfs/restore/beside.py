"""A restore beside the running database, which is not touched."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from ..commands import CommandFailed, run
from . import subvolumes
from .copying import is_btrfs
from .engine import Task
from .journal import Journal, write_journal
from .keep import free_name
from .moments import stamp
from .private_server import as_user
from .problems import CheckFailed, Refused
from .recover import clean, delete_copy
from .snapshots import Snapshot
from .switch import make_folders
from .work import Findings, engine_of, fill, refuse, tidy_and_check


def default_target(folder: Path, snapshot: Snapshot) -> Path:
    """On the database's own filesystem, where its account can go, and in no snapshot: a subvolume within a subvolume
    is left out of it (btrfs-subvolume(8), "Nested subvolumes")."""
    return free_name(folder / f"restored.{stamp(snapshot.taken)}")


def restore_beside(task: Task, started: str, findings: Findings) -> str:
    """How to start it. Raises CheckFailed; the copy then stays, to be looked at."""
    instance, target = task.copy.instance, task.copy.root
    refuse(task)
    make_folders(instance)
    try:
        _refuse_target(target)
    except Refused:
        clean(instance)
        raise
    write_journal(instance, Journal("beside", started, task.snapshot.name, target=str(target)))
    try:
        _make(target)
        fill(task, findings)
        _refuse_unreachable(task, target)
        return _checked(task, findings)
    except CheckFailed as failure:
        raise CheckFailed(f"{failure}\nThe copy is left at {target}; the database was not touched.") from None
    except BaseException:
        delete_copy(target)
        raise
    finally:
        clean(instance)


def _checked(task: Task, findings: Findings) -> str:
    with engine_of(task) as engine:
        try:
            tidy_and_check(engine, findings)
        except CommandFailed as failure:
            raise CheckFailed(str(failure)) from None
        return engine.how_to_start()


def how_to_delete(target: Path) -> str:
    command = "btrfs subvolume delete" if subvolumes.is_subvolume(target) else "rm -r"
    return f"{command} {shlex.quote(str(target))}"


def _refuse_target(target: Path) -> None:
    if target.is_symlink() or (target.exists() and (not target.is_dir() or os.listdir(target))):
        raise Refused(f"{target} is there already. Name a directory that is empty, or one that is to be made.")
    if not target.parent.is_dir():
        raise Refused(f"{target.parent} is no directory. Make it, or name another place with --to.")


def _make(target: Path) -> None:
    if target.exists():
        return
    if is_btrfs(target.parent):
        subvolumes.create(target)
    else:
        target.mkdir()


def _refuse_unreachable(task: Task, target: Path) -> None:
    user, group = task.copy.instance.user, task.copy.instance.group
    try:
        run(*as_user(user, group), "test", "-x", str(target))
    except CommandFailed:
        raise Refused(
            f"{user} cannot get to {target}, so no server would start there. Allow it to pass each directory above"
            " (chmod o+x), or name another place with --to."
        ) from None
