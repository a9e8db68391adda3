"""What a program says, and which database it was asked for."""

from __future__ import annotations

import sys

from ..instances import CONFIGURATION, Instance, read_configuration
from .problems import NotFound


def say(line: str | None) -> None:
    """For people; the standard output is the result's."""
    if line is not None:
        print(line, file=sys.stderr, flush=True)


def instance_named(name: str) -> Instance:
    try:
        instances = read_configuration().instances
    except OSError:
        raise NotFound(f"{CONFIGURATION} is not there: this host's configuration has no dbtrfs.instances.") from None
    if name not in instances:
        raise NotFound(f"There is no database {name} on this host. There are: {', '.join(sorted(instances)) or 'none'}.")
    return instances[name]
