"""What there is: clones, and snapshots that clones can be made of."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..commands import CommandFailed
from ..restore.host import say
from ..restore.moments import in_words
from ..restore.snapshots import read_snapshots
from . import record, unit
from .generations import own_bytes
from .policy import Host
from .record import Clone
from .request import Request
from .servers import run_folder


def described(host: Host, clone: Clone) -> dict[str, Any]:
    """For people and programs."""
    instance = host.instances[clone.database]
    server = unit.has_server(instance)
    return asdict(clone) | {
        "engine": instance.engine,
        "path": str(record.data(instance, clone.name)),
        "socket": str(run_folder(clone.name)) if server else None,
        "unit": unit.unit(clone) if server else None,
        "secondsLeft": max(0, clone.ends - int(time.time())),
    }


def measured(host: Host, clone: Clone) -> dict[str, Any]:
    instance = host.instances[clone.database]
    facts = described(host, clone) | {"bytes": None, "unitState": None}
    if clone.generation is None:
        return facts
    try:
        facts["bytes"] = own_bytes(record.data(instance, clone.name), clone.generation)
        facts["unitState"] = unit.state(clone) if unit.has_server(instance) else None
    except (OSError, CommandFailed) as problem:  # it is being deleted, or reset
        say(f"dbtrfs-clone: {clone.name}: {problem}")
    return facts


def listed(host: Host, request: Request) -> list[dict[str, Any]]:
    return snapshots(host, request) if request.snapshots else clones(host, request)


def clones(host: Host, request: Request) -> list[dict[str, Any]]:
    known = record.read_all(host.instances.values())
    return [
        measured(host, clone)
        for clone in known
        if request.name in (None, clone.name) and request.database in (None, clone.database)
    ]


def snapshots(host: Host, request: Request) -> list[dict[str, Any]]:
    return [
        {"name": snapshot.name, "database": instance.name, "taken": in_words(snapshot.taken)}
        for instance in host.instances.values()
        if request.database in (None, instance.name)
        for snapshot in read_snapshots(instance.name, Path(instance.snapshot_directory))
    ]
