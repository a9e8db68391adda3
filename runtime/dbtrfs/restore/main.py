"""dbtrfs-restore: from the command line to an exit status."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ..commands import CommandFailed
from ..instances import Instance
from . import arguments, report
from .beside import default_target, how_to_delete, restore_beside
from .engine import Task
from .host import instance_named, say
from .in_place import restore_in_place
from .lock import restoring
from .moments import END, in_words, parse_until
from .places import Copy, own_folder, staged
from .problems import NotFound, Refused, RestoreProblem
from .recover import recover, resume_before_start
from .snapshots import Snapshot, choose, read_snapshots
from .work import Findings


def main(words: Sequence[str]) -> int:
    given = arguments.parse(words)
    # Cleaning up is for every way to end that leaves time for it.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    try:
        run(given)
    except RestoreProblem as problem:
        say(f"dbtrfs-restore: {problem}")
        return problem.status
    except CommandFailed as failure:
        say(f"dbtrfs-restore: {failure}")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def run(given: argparse.Namespace) -> None:
    instance = instance_named(given.name)
    if given.resume:
        say(resume_before_start(instance))
    elif given.list and given.at is None and given.until is None:
        list_snapshots(instance, given)
    else:
        with restoring(instance):
            say(recover(instance))
            restore(instance, given)


def snapshots_of(instance: Instance, given: argparse.Namespace) -> list[Snapshot]:
    return read_snapshots(instance.name, given.source or Path(instance.snapshot_directory))


def list_snapshots(instance: Instance, given: argparse.Namespace) -> None:
    known = snapshots_of(instance, given)
    elsewhere = instance.log_filesystem is not None
    if given.json:
        print(json.dumps([report.snapshot_facts(s, elsewhere) for s in known], indent=2))
    else:
        print(report.listed(known, elsewhere))


def restore(instance: Instance, given: argparse.Namespace) -> None:
    until = None if given.until is None else parse_until(given.until)
    snapshot = choose(snapshots_of(instance, given), given.at or ("latest" if until == END else given.until))
    refuse_moment(snapshot, until)
    say(f"{instance.name}: {snapshot.name}, taken {in_words(snapshot.taken)}.")
    findings = Findings()
    way = in_place if given.in_place else beside
    result: dict[str, Any] = {"database": instance.name, "snapshot": snapshot.name, "taken": in_words(snapshot.taken)}
    result |= way(Request(instance, snapshot, until, given), findings)
    result |= {"tidied": findings.tidied, "found": findings.found, "seconds": findings.seconds}
    print(json.dumps(result, indent=2) if given.json else report.result_in_words(result))


@dataclass(frozen=True)
class Request:
    instance: Instance
    snapshot: Snapshot
    until: datetime | None
    given: argparse.Namespace
    started: str = field(default_factory=lambda: in_words(datetime.now().astimezone()))


def in_place(request: Request, findings: Findings) -> dict[str, Any]:
    instance, given = request.instance, request.given
    confirm(instance, given.yes)
    task = Task(staged(instance), request.snapshot, beside=False, until=request.until, level=given.check)
    kept = restore_in_place(task, request.started, findings)
    return {"at": instance.mount_point, "kept": str(kept), "start": None, "remove": None}


def beside(request: Request, findings: Findings) -> dict[str, Any]:
    instance, given = request.instance, request.given
    target = given.to.absolute() if given.to else default_target(own_folder(instance), request.snapshot)
    task = Task(Copy(instance, target), request.snapshot, beside=True, until=request.until, level=given.check)
    start = restore_beside(task, request.started, findings)
    return {"at": str(target), "kept": None, "start": start, "remove": how_to_delete(target)}


def refuse_moment(snapshot: Snapshot, until: datetime | None) -> None:
    if until is None:
        return
    if until < snapshot.taken:
        raise NotFound(
            f"{in_words(until)} is before {snapshot.name} was taken, {in_words(snapshot.taken)}."
            " Leave out --at: the snapshot before that time is found."
        )
    if until != END and until > datetime.now().astimezone():
        raise NotFound(f"{in_words(until)} has not come yet. Name a time before now.")


def confirm(instance: Instance, yes: bool) -> None:
    """--yes, or the database's name typed at a terminal."""
    if yes:
        return
    question = f"This replaces the database {instance.name}; its present state is kept as a snapshot."
    if not sys.stdin.isatty():
        raise Refused(f"{question} Say --yes if that is meant.")
    if input(f"{question} Type its name to go on: ").strip() != instance.name:
        raise Refused("Nothing was done.")
