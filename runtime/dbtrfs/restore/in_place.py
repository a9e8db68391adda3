"""A restore in place: everything is prepared and checked before the database stops, and the old state is kept."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..commands import CommandFailed
from ..instances import Instance
from . import switch, units
from .engine import Task
from .journal import Journal, write_journal
from .keep import keep_old_state
from .lock import no_snapshots
from .problems import CheckFailed, Refused
from .recover import clean, give_up
from .work import Findings, engine_of, fill, refuse, tidy_and_check

# A lost connection or an impatient person ends the preparation, but not the exchange.
DEFERRED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def restore_in_place(task: Task, started: str, findings: Findings) -> Path:
    """The snapshot with the old state."""
    instance = task.copy.instance
    refuse(task)
    _refuse_without_snapshots(instance)
    switch.make_folders(instance)
    journal = write_journal(instance, Journal("prepare", started, task.snapshot.name))
    try:
        _prepare(task, findings)
    except BaseException:
        give_up(instance, journal, start_units=False)
        raise
    with no_snapshots(instance), undisturbed(), findings.timed("down"):
        kept = _stop_and_keep(instance, journal)
        _exchange(instance, replace(journal, kept=str(kept)))
        _start(instance, kept)
    return kept


def _refuse_without_snapshots(instance: Instance) -> None:
    if not Path(instance.snapshot_directory).is_dir():
        raise Refused(
            f"{instance.snapshot_directory} is not there, so the present state could not be kept. Mount its filesystem,"
            f" or make the directory on that of {instance.mount_point}."
        )


def _stop_and_keep(instance: Instance, journal: Journal) -> Path:
    journal = write_journal(instance, replace(journal, phase="stopped"))
    try:
        units.stop(instance)
        return keep_old_state(instance, journal.snapshot)
    except BaseException:
        give_up(instance, journal, start_units=True)
        raise


def _exchange(instance: Instance, journal: Journal) -> None:
    """From here on the way leads forward: where it ends early, the next run goes on, or the next start."""
    try:
        write_journal(instance, replace(journal, phase="old"))
        switch.move_old_aside(instance)
        write_journal(instance, replace(journal, phase="new"))
        switch.move_new_in(instance)
        write_journal(instance, replace(journal, phase="start"))
    except (OSError, CommandFailed) as error:
        raise CheckFailed(
            f"{error}\nThe exchange had begun. The next dbtrfs-restore finishes it, and so does the next start of the"
            f" database. The old state is {journal.kept}."
        ) from error


def _start(instance: Instance, kept: Path) -> None:
    """Nothing of the old state is needed any more, whether the units start or not: it is in the snapshot."""
    try:
        units.start(instance)
    except CommandFailed as error:
        raise CheckFailed(
            f"The restored database is in its place, but does not start: {error}\n"
            f"'dbtrfs-restore {instance.name} --at {kept.name} --in-place' brings the old state back."
        ) from None
    finally:
        clean(instance)


def _prepare(task: Task, findings: Findings) -> None:
    fill(task, findings)
    with engine_of(task) as engine:
        tidy_and_check(engine, findings)
        engine.settle()
    switch.flush(task.copy.instance)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    signal.pthread_sigmask(signal.SIG_BLOCK, DEFERRED)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, DEFERRED)
