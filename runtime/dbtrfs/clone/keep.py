"""Run by a timer (modules/clones.nix): clones go when their time is over, stop when they take too much, and come back
after a start of the host."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ..commands import CommandFailed
from ..instances import Instance
from ..metrics import Sample, write_metrics
from ..restore.host import say
from ..restore.problems import Refused, RestoreProblem
from . import files, record, unit
from .generations import own_bytes
from .locks import one_clone
from .make import undo
from .policy import Host, Policy
from .record import Clone
from .space import free_part, in_words

Deed = Literal["remove", "stop", "start", "leave"]


@dataclass(frozen=True)
class Seen:
    clone: Clone
    bytes: int  # that it wrote itself
    unit: str | None  # state of its unit; None without a server
    free: float  # part of its filesystem


def decide(seen: Seen, policy: Policy, now: float) -> tuple[Deed, str]:
    """What to do with a clone on which nobody works, and why."""
    clone = seen.clone
    if now >= clone.ends:
        return "remove", "its time is over"
    if clone.state == "making":
        return "remove", "it was never completed"
    if clone.state == "stopped":
        return "leave", ""
    if seen.bytes > policy.space:
        return "stop", f"it wrote {in_words(seen.bytes)}, and may write {in_words(policy.space)}"
    if seen.free < policy.keep_free:
        return "stop", f"only {seen.free:.0%} of the filesystem is free"
    if seen.unit == "inactive":
        return "start", "the host was started"
    return "leave", ""


def look(instance: Instance, clone: Clone) -> Seen:
    size = 0 if clone.generation is None else own_bytes(record.data(instance, clone.name), clone.generation)
    return Seen(clone, size, unit.state(clone) if unit.has_server(instance) else None, free_part(instance))


def keep(host: Host) -> None:
    seen = []
    for clone in record.read_all(host.instances.values()):
        try:
            seen += keep_one(host, host.instances[clone.database], clone.name)
        except (RestoreProblem, CommandFailed, OSError) as problem:
            say(f"dbtrfs-clone: {clone.name}: {problem}")
            seen.append(Seen(clone, 0, None, 1))
    for database in host.instances:
        samples = metrics(database, (s for s in seen if s.clone.database == database), time.time())
        write_metrics(host.metrics_directory, f"clones-{database}", samples)


def keep_one(host: Host, instance: Instance, name: str) -> list[Seen]:
    """What is left of it."""
    try:
        with one_clone(name):
            clone = record.read(instance, name)
            return [] if clone is None else treat(host, instance, look(instance, clone))
    except Refused:  # somebody works on it
        clone = record.read(instance, name)
        return [] if clone is None else [Seen(clone, 0, None, 1)]


def treat(host: Host, instance: Instance, seen: Seen) -> list[Seen]:
    clone = seen.clone
    deed, reason = decide(seen, host.policy, time.time())
    if deed != "leave":
        say(f"dbtrfs-clone: {deed} {clone.name} of {clone.database}: {reason}.")
    if deed == "remove":
        undo(instance, clone)
        return []
    if deed == "stop":
        stop(instance, clone)
        record.write(instance, replace(clone, state="stopped", reason=reason))
    elif deed == "start":
        unit.start_again(clone)
    return [seen]


def stop(instance: Instance, clone: Clone) -> None:
    if unit.has_server(instance):
        unit.stop(clone)
    else:
        files.forbid_writing(instance, clone.name)


def metrics(database: str, seen: Iterable[Seen], now: float) -> list[Sample]:
    """Without a clone there is no end to wait for."""
    clones = list(seen)
    labels = {"database": database}
    known = [
        Sample("dbtrfs_clones_timestamp_seconds", round(now), labels),
        Sample("dbtrfs_clones", len(clones), labels),
        Sample("dbtrfs_clones_bytes", sum(s.bytes for s in clones), labels),
    ]
    ends = [s.clone.ends for s in clones]
    return known + ([Sample("dbtrfs_clones_next_end_timestamp_seconds", min(ends), labels)] if ends else [])
