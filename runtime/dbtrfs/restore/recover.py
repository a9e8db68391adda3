"""What an interrupted restore left is put right, by what its journal says."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

from ..instances import Instance
from . import subvolumes, switch, units
from .journal import SWITCHING, Journal, read_journal, remove_journal, write_journal
from .keep import unfinished
from .lock import restoring
from .places import own_folder
from .private_server import remove_socket_folder
from .problems import Refused


SECONDS_BETWEEN_LOOKS = 0.2


def source_folder(instance: Instance) -> Path:
    """The snapshot that is being restored, held against retention."""
    return own_folder(instance) / "source"


def recover(instance: Instance, start_units: bool = True) -> str | None:
    """What was done, in words; None where nothing was interrupted. The caller holds the lock."""
    journal = read_journal(instance)
    if journal is None:
        # Without a journal nothing of the database's own lies there: it is written first and goes last.
        clean(instance)
        return None
    what = f"A restore of {journal.snapshot} that was started {journal.started} had been interrupted"
    if journal.phase in (*SWITCHING, "start"):
        finish(instance, journal, start_units)
        return f"{what}; it is finished now. The old state is {journal.kept}."
    give_up(instance, journal, start_units)
    if journal.phase == "beside":
        return f"{what}; what it had made at {journal.target} is deleted."
    return f"{what}; it is given up, and the database is as it was."


def finish(instance: Instance, journal: Journal, start_units: bool) -> None:
    """From the phases in which both states are whole; what is done already is not there to be done again."""
    if journal.phase == "old":
        switch.move_old_aside(instance)
        journal = write_journal(instance, replace(journal, phase="new"))
    if journal.phase == "new":
        switch.move_new_in(instance)
        journal = write_journal(instance, replace(journal, phase="start"))
    try:
        if start_units:
            units.start(instance)
    finally:
        clean(instance)


def give_up(instance: Instance, journal: Journal, start_units: bool) -> None:
    """The database itself was not touched."""
    if journal.phase == "stopped" and start_units:
        write_journal(instance, replace(journal, phase="prepare"))
        units.start(instance)
    if journal.target is not None:
        delete_copy(Path(journal.target))
    clean(instance)


def clean(instance: Instance) -> None:
    subvolumes.delete(source_folder(instance))
    subvolumes.delete(unfinished(instance))
    remove_socket_folder(f"restore-{instance.name}")
    switch.clear_folders(instance)
    remove_journal(instance)


def delete_copy(target: Path) -> None:
    if subvolumes.is_subvolume(target):
        subvolumes.delete(target)
    elif target.exists():
        shutil.rmtree(target)


def resume_before_start(instance: Instance) -> str | None:
    """For the unit that runs before the database: a server must not see files that are half exchanged.

    It does not wait for the end of a restore: that starts the database itself, and so waits for this unit.
    """
    while True:
        try:
            with restoring(instance):
                return recover(instance, start_units=False)
        except Refused:
            journal = read_journal(instance)
            if journal is None or journal.phase not in ("stopped", *SWITCHING):
                return None
        time.sleep(SECONDS_BETWEEN_LOOKS)
