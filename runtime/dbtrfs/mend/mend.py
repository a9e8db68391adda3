"""The page of the transaction system, from the doublewrite files back into its place."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..instances import Instance
from ..restore.places import own_folder
from ..restore.problems import Refused
from .doublewrite import files, newest_copy
from .page import Page

# The system tablespace is space 0, and this its page (FSP_TRX_SYS_PAGE_NO in fsp0types.h).
TABLESPACE, SPACE, NUMBER = "ibdata1", 0, 5
PAGE = f"Page {NUMBER} of {TABLESPACE}"
RESTORE = "Restore a snapshot or a backup: the runbook recover-will-not-start says how."


def mend(instance: Instance) -> str:
    """What was done. Raises Refused, and then nothing was written."""
    if instance.engine != "mysql":
        raise Refused(f"{instance.name} is {instance.engine}: only MySQL reads this page before it mends pages itself.")
    directory = Path(instance.data_directory)
    size = page_size(directory)
    with nobody_elses(directory / TABLESPACE, instance) as tablespace:
        present = Page(os.pread(tablespace, size, NUMBER * size))
        if present.is_whole and present.number == NUMBER:
            return f"{PAGE} is whole; nothing was done."
        copy = copy_for(present, directory)
        kept = keep(present, instance)
        put(copy, tablespace, NUMBER * size)
    return f"{PAGE} was torn, and is as the doublewrite files have it. {kept} has what was there."


def page_size(directory: Path) -> int:
    sizes = set(files(directory).values()) if directory.is_dir() else set()
    if len(sizes) != 1:
        found = ", ".join(map(str, sorted(sizes))) or "none"
        raise Refused(f"{directory}: doublewrite files with pages of one size are needed, found {found}. {RESTORE}")
    return sizes.pop()


@contextmanager
def nobody_elses(path: Path, instance: Instance) -> Iterator[int]:
    """The lock that a server takes as well (os_file_lock in MySQL's os0file.cc): none runs, and none starts meanwhile."""
    if not path.is_file():
        raise Refused(f"{path} is not there. {RESTORE}")
    with path.open("r+b", buffering=0) as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"A server has {path} open. Stop it: systemctl stop {' '.join(instance.units)}") from None
        yield file.fileno()


def copy_for(present: Page, directory: Path) -> Page:
    copy = newest_copy(directory, SPACE, NUMBER)
    if copy is None:
        raise Refused(f"{PAGE} is torn, and no doublewrite file in {directory} has it whole. {RESTORE}")
    # A torn page can begin with what was written last, and that is in the doublewrite file since before.
    if copy.lsn < present.lsn:
        raise Refused(
            f"{PAGE} is torn, and of LSN {present.lsn}; the newest copy in {directory} is older, {copy.lsn}. {RESTORE}"
        )
    return copy


def keep(page: Page, instance: Instance) -> Path:
    folder = own_folder(instance)
    folder.mkdir(exist_ok=True, mode=0o755)
    path = folder / f"{TABLESPACE}.page-{NUMBER}.torn"
    with path.open("wb") as file:
        file.write(page.data)
        os.fsync(file.fileno())
    return path


def put(page: Page, tablespace: int, offset: int) -> None:
    os.pwrite(tablespace, page.data, offset)
    os.fsync(tablespace)
