"""dbtrfs-restore: from the command line to an exit status."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ..commands import CommandFailed
from ..instances import CONFIGURATION, Instance, read_configuration
from . import arguments, report
from .beside import default_target, restore_beside
from .engine import Task
from .in_place import restore_in_place
from .lock import restoring
from .moments import in_words, parse_moment
from .places import OWN, Copy, staged
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
    return 0


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def run(given: argparse.Namespace) -> None:
    instance = instance_named(given.name)
    if given.resume:
        say_if(resume_before_start(instance))
    elif given.list and given.at is None and given.until is None:
        list_snapshots(instance, given)
    else:
        with restoring(instance.name):
            say_if(recover(instance))
            restore(instance, given)


def say_if(line: str | None) -> None:
    if line is not None:
        say(line)


def instance_named(name: str) -> Instance:
    try:
        instances = read_configuration().instances
    except OSError:
        raise NotFound(f"{CONFIGURATION} is not there: this host's configuration has no dbtrfs.instances.") from None
    if name not in instances:
        raise NotFound(f"There is no database {name} on this host. There are: {', '.join(sorted(instances)) or 'none'}.")
    return instances[name]


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
    until = None if given.until is None else parse_moment(given.until)
    snapshot = choose(snapshots_of(instance, given), given.at or given.until)
    refuse_moment(snapshot, until)
    say(f"{instance.name}: {snapshot.name}, taken {in_words(snapshot.taken)}.")
    started, findings = in_words(datetime.now().astimezone()), Findings()
    result: dict[str, Any] = {"database": instance.name, "snapshot": snapshot.name, "taken": in_words(snapshot.taken)}
    result |= {"at": None, "kept": None, "start": None, "remove": None}
    if given.in_place:
        confirm(instance, given.yes)
        task = Task(staged(instance), snapshot, beside=False, until=until, level=given.check)
        result |= {"at": instance.mount_point, "kept": str(restore_in_place(task, started, findings))}
    else:
        target = given.to.absolute() if given.to else default_target(Path(instance.mount_point) / OWN, snapshot)
        task = Task(Copy(instance, target), snapshot, beside=True, until=until, level=given.check)
        result |= {"at": str(target), "start": restore_beside(task, started, findings)}
        result |= {"remove": f"btrfs subvolume delete {target}"}
    result |= {"tidied": findings.tidied, "found": findings.found, "seconds": findings.seconds}
    print(json.dumps(result, indent=2) if given.json else report.result_in_words(result))


def refuse_moment(snapshot: Snapshot, until: datetime | None) -> None:
    if until is None:
        return
    if until < snapshot.taken:
        raise NotFound(
            f"{in_words(until)} is before {snapshot.name} was taken, {in_words(snapshot.taken)}."
            " Leave out --at: the snapshot before that time is found."
        )
    if until > datetime.now().astimezone():
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
