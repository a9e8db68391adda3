"""Numbers to watch, which are no drift by themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator

from dbtrfs.metrics import Sample

from .facts import DatabaseFacts, Facts, FilesystemFacts
from .space import size, unallocated

# So many files of a database, the largest.
FILES = 5


def figures(facts: Facts) -> list[Sample]:
    samples: list[Sample] = []
    for filesystem in facts.filesystems:
        samples += [*_space(filesystem), *_devices(filesystem), *_commits(filesystem), *_scrub(filesystem)]
    for database in facts.databases:
        samples += [*_fragments(database), *_shared(database), *_snapshot(database)]
    return samples


def _space(filesystem: FilesystemFacts) -> Iterator[Sample]:
    state = filesystem.state
    data, metadata = state.spaces["data"], state.spaces["metadata"]
    values = {
        "size_bytes": size(state),
        "unallocated_bytes": unallocated(state),
        "data_free_bytes": data.total - data.used,
        "metadata_free_bytes": metadata.total - metadata.used,
    }
    for name, value in values.items():
        yield Sample(f"dbtrfs_{name}", value, {"filesystem": filesystem.planned.label})


def _devices(filesystem: FilesystemFacts) -> Iterator[Sample]:
    for device in filesystem.state.devices:
        for kind, count in device.errors.items():
            labels = {"filesystem": filesystem.planned.label, "device": device.path, "kind": kind.removesuffix("_errs")}
            yield Sample("dbtrfs_device_errors_total", count, labels)


def _commits(filesystem: FilesystemFacts) -> Iterator[Sample]:
    labels, commits = {"filesystem": filesystem.planned.label}, filesystem.state.commits
    yield Sample("dbtrfs_commits_total", commits["commits"], labels)
    yield Sample("dbtrfs_commit_seconds_total", commits["total_commit_ms"] / 1000, labels)
    yield Sample("dbtrfs_commit_max_seconds", commits["max_commit_ms"] / 1000, labels)


def _scrub(filesystem: FilesystemFacts) -> Iterator[Sample]:
    """Where none has run, the age is that of the filesystem."""
    if filesystem.scrub is not None:
        labels = {"filesystem": filesystem.planned.label}
        yield Sample("dbtrfs_scrub_timestamp_seconds", filesystem.scrub.event.at, labels)
        yield Sample("dbtrfs_scrub_errors", sum(filesystem.scrub.errors.values()), labels)


def _fragments(database: DatabaseFacts) -> Iterator[Sample]:
    files = [file for found in database.directories.values() for file in found.files]
    for file in sorted(files, key=lambda file: -file.layout.size)[:FILES]:
        name = os.path.relpath(file.path, database.planned.mount_point)
        yield Sample("dbtrfs_largest_file_extents", file.layout.extents, {"database": database.planned.name, "file": name})


def _shared(database: DatabaseFacts) -> Iterator[Sample]:
    """Of the largest NOCOW files: what is shared is copied by the next write, as without NOCOW."""
    files = [f for found in database.directories.values() for f in found.files if f.attributes.no_cow]
    total = sum(file.layout.size for file in files)
    if total > 0:
        ratio = sum(file.layout.shared for file in files) / total
        yield Sample("dbtrfs_nocow_shared_ratio", round(ratio, 4), {"database": database.planned.name})


def _snapshot(database: DatabaseFacts) -> Iterator[Sample]:
    if database.snapshot is not None and database.snapshot.happened:
        labels = {"database": database.planned.name}
        yield Sample("dbtrfs_snapshot_newest_timestamp_seconds", database.snapshot.at, labels)
