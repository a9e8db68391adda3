"""Who may work on which clone at once. Held by a process, so that they end with it."""

from __future__ import annotations

import contextlib

from ..restore.lock import FOLDER, locked


def all_clones() -> contextlib.AbstractContextManager[None]:
    """While a name and a port are taken: a moment."""
    return locked(FOLDER / "clones.lock", None)


def one_clone(name: str, wait: bool = False) -> contextlib.AbstractContextManager[None]:
    """While it is made, reset or deleted."""
    return locked(FOLDER / f"clone-{name}.lock", None if wait else f"Somebody works on {name} already. Wait a moment.")
