"""Whether the engine starts from what was received: the newest of a database as a writable snapshot, started and checked
like any restore, and deleted. What a drill on the database's own host does (dbtrfs-drill), without that host."""

from __future__ import annotations

import contextlib
import pwd
import time
from collections.abc import Iterator
from pathlib import Path

from ..backup_host.configuration import BackupHost, Sent
from ..backup_host.store import Arrival, read_stored
from ..commands import CommandFailed
from ..instances import Instance, parse_instance
from ..metrics import Sample, write_metrics
from ..restore import subvolumes
from ..restore.engine import Level, Task
from ..restore.host import say
from ..restore.places import Copy
from ..restore.problems import NotFound, Refused, RestoreProblem
from ..restore.work import Findings, engine_of, refuse, tidy_and_check
from .gather import CHECKING


def check(host: BackupHost, wanted: list[Sent], level: Level) -> int:
    """1 where one is not sound."""
    results = [_checked(host, sent, level) for sent in wanted]
    return 0 if all(results) else 1


def _checked(host: BackupHost, sent: Sent, level: Level) -> bool:
    began, success = time.monotonic(), False
    try:
        name, findings = start_copy(host, sent, level)
        say(f"{sent.title}: {name} starts and is sound: {'; '.join(findings.found)}.")
        success = True
    except (RestoreProblem, CommandFailed, OSError) as error:
        say(f"dbtrfs-received: {sent.title}: {error}")
    _record(host, sent, success, time.monotonic() - began)
    return success


def _record(host: BackupHost, sent: Sent, success: bool, seconds: float) -> None:
    labels = {"sender": sent.host, "database": sent.name}
    samples = [
        Sample("dbtrfs_received_check_success", int(success), labels),
        Sample("dbtrfs_received_check_seconds", round(seconds, 1), labels),
        Sample("dbtrfs_received_check_timestamp_seconds", int(time.time()), labels),
    ]
    write_metrics(host.metrics_directory, f"received-check-{sent.host}.{sent.name}", samples)


def start_copy(host: BackupHost, sent: Sent, level: Level) -> tuple[str, Findings]:
    instance, arrival = _instance(sent), _newest(sent)
    findings = Findings()
    with _copy(host, sent, arrival) as path:
        task = Task(Copy(instance, path), arrival.snapshot, beside=True, level=level)
        refuse(task)
        with engine_of(task, f"received-{sent.host}") as engine:
            tidy_and_check(engine, findings)
    return arrival.snapshot.name, findings


def _instance(sent: Sent) -> Instance:
    if sent.instance is None:
        raise Refused(f"{sent.title}: nothing is known of its engine. Set dbtrfs.backupHost.hosts.{sent.host}.instances.")
    instance = parse_instance(sent.name, sent.instance)
    try:
        pwd.getpwnam(instance.user)
    except KeyError:
        raise Refused(f"{sent.title}: there is no account {instance.user} here. Declare it, with the number that it has on {sent.host}.") from None
    return instance


def _newest(sent: Sent) -> Arrival:
    complete = read_stored(sent.name, sent.directory).complete
    if not complete:
        raise NotFound(f"{sent.title}: no snapshot has arrived whole.")
    return complete[-1]


@contextlib.contextmanager
def _copy(host: BackupHost, sent: Sent, arrival: Arrival) -> Iterator[Path]:
    """Beside the sending hosts' directories: their account must reach it, and it does not count to a limit."""
    folder = host.directory / CHECKING
    folder.mkdir(mode=0o711, exist_ok=True)
    path = folder / f"{sent.host}.{sent.name}"
    subvolumes.delete(path)
    try:
        subvolumes.snapshot(arrival.snapshot.path, path)
        yield path
    finally:
        subvolumes.delete(path)
