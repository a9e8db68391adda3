"""A clone is made: its name and port are taken, its files are snapshotted and made its own, its server is started."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..instances import Instance
from ..restore.engine import Task
from ..restore.lock import not_restoring
from ..restore.moments import in_words
from ..restore.places import Copy
from ..restore.problems import Refused
from ..restore.snapshots import Snapshot, choose, read_snapshots
from ..restore.work import refuse
from . import files, ports, record, unit, words
from .generations import generation
from .locks import all_clones, one_clone
from .policy import Host, Policy, instance_for
from .record import Clone
from .request import Request
from .space import refuse_without_room


def create(host: Host, request: Request, owner: int) -> dict[str, Any]:
    began = time.monotonic()
    name = str(request.name)
    source = request.source or words.LATEST
    instance = instance_for(host, request.database, words.database_of(source))
    seconds = seconds_of(host.policy, request)
    snapshot = choose(read_snapshots(instance.name, Path(instance.snapshot_directory)), source)
    refuse(Task(Copy(instance, record.data(instance, name)), snapshot, beside=True))
    refuse_without_room(instance, host.policy)
    with one_clone(name):
        clone = reserve(host, instance, name, owner, snapshot, seconds)
        try:
            with not_restoring(instance):
                files.take(instance, name, snapshot)
                return brought_up(instance, clone, snapshot, began)
        except BaseException:
            undo(instance, clone)
            raise


def seconds_of(policy: Policy, request: Request) -> int:
    seconds = policy.ttl if request.ttl is None else words.seconds(request.ttl)
    if seconds > policy.longest:
        raise Refused(f"A clone may live for {policy.longest} s at most (dbtrfs.clones.longestTtl). Give a shorter --ttl.")
    return seconds


def reserve(host: Host, instance: Instance, name: str, owner: int, snapshot: Snapshot, seconds: int) -> Clone:
    with all_clones():
        others = record.read_all(host.instances.values())
        refuse_one_more(host.policy, others, name)
        port = ports.choose(host.policy.ports, (c.port for c in others)) if unit.has_server(instance) else None
        now = int(time.time())
        taken = in_words(snapshot.taken)
        return record.write(instance, Clone(name, instance.name, owner, snapshot.name, taken, now, now + seconds, port))


def refuse_one_more(policy: Policy, others: Iterable[Clone], name: str) -> None:
    names = [clone.name for clone in others]
    if name in names:
        raise Refused(f"There is a clone {name} already. Choose another name, or destroy it, or reset it.")
    if len(names) >= policy.most:
        raise Refused(
            f"There are {len(names)} clones, and more are not allowed on this host (dbtrfs.clones.most)."
            f" Destroy one that is not needed: {', '.join(names)}."
        )


def brought_up(instance: Instance, clone: Clone, snapshot: Snapshot, began: float) -> dict[str, Any]:
    """From its files on; what is reported of a clone that is ready."""
    done = files.make_own(instance, clone, snapshot)
    newest = generation(record.data(instance, clone.name))
    ready = record.write(instance, replace(clone, state="ready", generation=newest, reason=None))
    made = time.monotonic()
    if unit.has_server(instance):
        unit.start(ready)
    seconds = {"made": round(made - began, 2), "started": round(time.monotonic() - made, 2)}
    return {"clone": ready, "tidied": done, "seconds": seconds}


def undo(instance: Instance, clone: Clone) -> None:
    if unit.has_server(instance):
        unit.stop(clone)
    files.delete(instance, clone.name)
