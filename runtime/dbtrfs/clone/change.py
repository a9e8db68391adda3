"""A clone is deleted, or begins again."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..instances import Instance
from ..restore.lock import not_restoring
from ..restore.moments import in_words, parse_moment
from ..restore.problems import NotFound, Refused
from ..restore.snapshots import FACTS, Snapshot, choose, parse_facts, read_snapshots
from . import files, record, unit, words
from .locks import one_clone
from .make import brought_up, seconds_of, undo
from .policy import Host
from .record import Clone
from .request import Request
from .space import refuse_without_room


def owned(host: Host, name: str, account: int) -> tuple[Instance, Clone]:
    """Whoever made it may change it, and root."""
    clones = {clone.name: clone for clone in record.read_all(host.instances.values())}
    if name not in clones:
        raise NotFound(f"There is no clone {name}. There are: {', '.join(clones) or 'none'}.")
    clone = clones[name]
    if account not in (0, clone.owner):
        raise Refused(f"The clone {name} belongs to the account {clone.owner}, who alone may change it, beside root.")
    return host.instances[clone.database], clone


def destroy(host: Host, request: Request, account: int) -> dict[str, Any]:
    with one_clone(str(request.name)):
        instance, clone = owned(host, str(request.name), account)
        undo(instance, clone)
    return {"destroyed": clone.name}


def reset(host: Host, request: Request, account: int) -> dict[str, Any]:
    """From where it began, or from another snapshot of the same database."""
    began = time.monotonic()
    name = str(request.name)
    with one_clone(name):
        instance, clone = owned(host, name, account)
        snapshot = wanted(instance, clone, request)
        refuse_without_room(instance, host.policy)
        ends = clone.ends if request.ttl is None else int(time.time()) + seconds_of(host.policy, request)
        with not_restoring(instance):
            clone = begin_again(instance, replace(clone, ends=ends), snapshot)
            return brought_up(instance, clone, snapshot, began)


def wanted(instance: Instance, clone: Clone, request: Request) -> Snapshot:
    if request.source is None:
        base = record.base(instance, clone.name)
        facts = base / FACTS
        return Snapshot(base, parse_moment(clone.taken), parse_facts(facts.read_text()) if facts.is_file() else {})
    if words.database_of(request.source) not in (None, instance.name):
        raise Refused(f"{clone.name} is a clone of {instance.name}. Make a new one of another database.")
    return choose(read_snapshots(instance.name, Path(instance.snapshot_directory)), request.source)


def begin_again(instance: Instance, clone: Clone, snapshot: Snapshot) -> Clone:
    if unit.has_server(instance):
        unit.stop(clone)
    if snapshot.path == record.base(instance, clone.name):
        clone = record.write(instance, replace(clone, state="making"))
        files.take_again(instance, clone.name)
        return clone
    taken = in_words(snapshot.taken)
    clone = record.write(instance, replace(clone, state="making", snapshot=snapshot.name, taken=taken))
    files.take(instance, clone.name, snapshot)
    return clone
