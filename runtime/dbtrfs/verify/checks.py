"""Every check by name: a pure function of what it looks at, in a table for each kind of that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from dbtrfs.instances import Directory as PlannedDirectory

from .ages import Clock, compare_backup, compare_drill, compare_scrub, compare_snapshots
from .archive import CHECK as LOG_ARCHIVE
from .archive import compare_archiver, compare_binlog
from .attributes import compare_compression, compare_flags, compare_owner, compare_tables
from .directory import Directory
from .facts import DatabaseFacts, Facts, FilesystemFacts
from .filesystems import compare_devices, compare_errors, compare_format, compare_profiles
from .finding import Finding, Outcome
from .mounts import compare_mounts, compare_options, compare_subvolumes
from .settings import compare_page_checksums, compare_settings, compare_version
from .space import compare_space
from .sqlite import compare_header

Found = Iterable[Finding]
Placed = tuple[DatabaseFacts, PlannedDirectory, Directory]
T = TypeVar("T")


def _of_scrub(filesystem: FilesystemFacts, interval: str, clock: Clock) -> Found:
    if filesystem.scrub is None:
        return ()
    return compare_scrub(filesystem.planned, filesystem.scrub, interval, filesystem.mount, clock)


def _of_backup(database: DatabaseFacts, clock: Clock) -> Found:
    if database.backup is None:
        return ()
    return compare_backup(database.planned, database.backup, database.backup_keeps_log, clock)


def _of_log(database: DatabaseFacts, clock: Clock) -> Iterator[Finding]:
    if database.archiver is not None:
        yield from compare_archiver(database.planned, database.archiver)
    if database.binlog is not None:
        yield from compare_binlog(database.planned, database.binlog, clock)


def _of_drill(database: DatabaseFacts, clock: Clock) -> Found:
    if database.drill is None:
        return ()
    return compare_drill(database.planned, database.drill, database.drill_succeeded, clock)


HOST: Mapping[str, Callable[[Facts], Found]] = {
    "mounts": lambda facts: compare_mounts(facts.plan, facts.mounts),
    "subvolumes": lambda facts: compare_subvolumes(facts.plan, facts.mounts),
    "mount-options": lambda facts: compare_options(facts.plan, facts.mounts),
}

FILESYSTEM: Mapping[str, Callable[[FilesystemFacts, Facts], Found]] = {
    "format": lambda f, _: compare_format(f.planned, f.state),
    "profiles": lambda f, _: compare_profiles(f.planned, f.state, f.mount),
    "devices": lambda f, _: compare_devices(f.planned, f.state),
    "device-errors": lambda f, _: compare_errors(f.planned, f.state, f.mount),
    "space": lambda f, _: compare_space(f.planned, f.state, f.available, f.mount),
    "scrub": lambda f, facts: _of_scrub(f, facts.plan.scrub_interval, facts.clock),
}

DIRECTORY: Mapping[str, Callable[[Placed], Found]] = {
    "owners": lambda placed: compare_owner(placed[0].planned, *placed[1:]),
    "flags": lambda placed: compare_flags(placed[0].planned, *placed[1:]),
    "compression": lambda placed: (*compare_compression(*placed[1:]), *compare_tables(placed[0].planned, *placed[1:])),
}

DATABASE: Mapping[str, Callable[[DatabaseFacts, Clock], Found]] = {
    "instances": lambda _, __: (),
    "server": lambda _, __: (),
    "settings": lambda d, _: _settings(d),
    "version": lambda d, _: compare_version(d.planned, d.server) if d.server else (),
    "page-checksums": lambda d, _: compare_page_checksums(d.planned, d.server) if d.server else (),
    "snapshots": lambda d, clock: compare_snapshots(d.planned, d.snapshot, clock) if d.snapshot else (),
    "backups": _of_backup,
    LOG_ARCHIVE: _of_log,
    "drills": _of_drill,
}


def _settings(database: DatabaseFacts) -> Iterator[Finding]:
    if database.server:
        yield from compare_settings(database.planned, database.server)
    for header in database.headers:
        yield from compare_header(database.planned, header)


def _relevant(name: str, databases: list[DatabaseFacts]) -> list[DatabaseFacts]:
    """The databases that a check has something to look at for."""
    has: Mapping[str, Callable[[DatabaseFacts], object]] = {
        "server": lambda d: d.server,
        "settings": lambda d: d.server or d.headers,
        "version": lambda d: d.server,
        "page-checksums": lambda d: d.server,
        "snapshots": lambda d: d.snapshot,
        "backups": lambda d: d.backup,
        LOG_ARCHIVE: lambda d: d.archiver or d.binlog,
        "drills": lambda d: d.drill,
    }
    return [d for d in databases if name not in has or has[name](d)]


def run_checks(facts: Facts) -> dict[str, Outcome]:
    """In the order of the tables; what could not be read is a finding of the check that wanted it."""
    placed = _placed(facts)
    mounts = [path for path in facts.mounts if path in _planned_mounts(facts)]
    outcomes: dict[str, Outcome] = {}
    for name, host in HOST.items():
        outcomes[name] = Outcome(len(_planned_mounts(facts)) if name == "mounts" else len(mounts), list(host(facts)))
    for name, filesystem in FILESYSTEM.items():
        outcomes[name] = _each(facts.filesystems, lambda f: filesystem(f, facts))
    for name, directory in DIRECTORY.items():
        on_btrfs = [p for p in placed if p[1].filesystem == "btrfs" or name == "owners"]
        outcomes[name] = _each(on_btrfs, directory)
    for name, database in DATABASE.items():
        outcomes[name] = _each(_relevant(name, facts.databases), lambda d: database(d, facts.clock))
    for failure in facts.failures:
        outcomes[failure.check].findings.append(failure)
    return outcomes


def _each(subjects: list[T], check: Callable[[T], Found]) -> Outcome:
    return Outcome(len(subjects), [finding for subject in subjects for finding in check(subject)])


def _placed(facts: Facts) -> list[Placed]:
    return [
        (database, planned, database.directories[planned.path])
        for database in facts.databases
        for planned in database.planned.directories
        if planned.path in database.directories
    ]


def _planned_mounts(facts: Facts) -> list[str]:
    points = [s.mount_point for f in facts.plan.filesystems for s in f.subvolumes]
    return points + [f.mount_point for f in facts.plan.log_filesystems]
