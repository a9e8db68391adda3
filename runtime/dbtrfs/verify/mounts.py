"""Mounts: what /proc/PID/mountinfo says against what is planned (proc_pid_mountinfo(5))."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .finding import Finding
from .plan import Filesystem, LogFilesystem, Plan, Subvolume

# Options of the whole filesystem that change what is written; one that the plan does not name has crept in.
WRITE_OPTIONS = ("nodatacow", "nodatasum", "compress", "compress-force", "autodefrag", "flushoncommit", "degraded")


@dataclass(frozen=True)
class Mount:
    root: str  # the mounted part of the filesystem: for Btrfs the subvolume's path
    kind: str
    options: frozenset[str]  # of this mount
    wide: frozenset[str]  # of the whole filesystem


def parse_mountinfo(text: str) -> dict[str, Mount]:
    """By mount point; of several on one point the last is the one that is seen."""
    mounts = {}
    for line in text.splitlines():
        before, after = line.split(" - ", 1)
        fields, (kind, _, wide) = before.split(), after.split(" ", 2)
        options = frozenset(fields[5].split(","))
        mounts[_unescape(fields[4])] = Mount(_unescape(fields[3]), kind, options, frozenset(wide.split(",")))
    return mounts


def _unescape(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def compare_mounts(plan: Plan, mounts: Mapping[str, Mount]) -> Iterator[Finding]:
    """Whether each planned filesystem is mounted where it should be."""
    planned = [(s.mount_point, "btrfs") for f in plan.filesystems for s in f.subvolumes]
    planned += [(f.mount_point, "xfs") for f in plan.log_filesystems]
    for path, kind in planned:
        mount = mounts.get(path)
        if mount is None or mount.kind != kind:
            yield _not_mounted(path, "nothing is mounted here" if mount is None else mount.kind, kind)


def _not_mounted(path: str, found: str, kind: str) -> Finding:
    advice = (
        "What is written here now goes to another filesystem. See 'systemctl status $(systemd-escape --path "
        f"--suffix=mount {path})' and mount it."
    )
    return Finding("mounts", path, found, kind, advice)


def compare_subvolumes(plan: Plan, mounts: Mapping[str, Mount]) -> Iterator[Finding]:
    """Btrfs shows the path that a mounted subvolume has now, so one that was renamed is found before the next boot."""
    for subvolume in (s for f in plan.filesystems for s in f.subvolumes):
        mount = mounts.get(subvolume.mount_point)
        if mount is not None and mount.kind == "btrfs" and mount.root != f"/{subvolume.name}":
            yield _other_subvolume(subvolume, mount)


def _other_subvolume(subvolume: Subvolume, mount: Mount) -> Finding:
    advice = (
        f"Mounted is another subvolume, or it was renamed: the next boot will not find subvol={subvolume.name}. "
        "Rename it back, or mount the planned one."
    )
    return Finding("subvolumes", subvolume.mount_point, mount.root, f"/{subvolume.name}", advice)


def compare_options(plan: Plan, mounts: Mapping[str, Mount]) -> Iterator[Finding]:
    for filesystem in plan.filesystems:
        mounted = {s.mount_point: mounts[s.mount_point] for s in filesystem.subvolumes if s.mount_point in mounts}
        for subvolume in filesystem.subvolumes:
            if subvolume.mount_point in mounted:
                yield from _lacking(subvolume.mount_point, subvolume.options, mounted[subvolume.mount_point])
        yield from _crept_in(filesystem, mounted)
    for log in plan.log_filesystems:
        if log.mount_point in mounts:
            yield from _of_log(log, mounts[log.mount_point])


def _of_log(log: LogFilesystem, mount: Mount) -> Iterator[Finding]:
    yield from _lacking(log.mount_point, log.options, mount)
    if "ro" in mount.options | mount.wide:
        yield _read_only(log.mount_point)


def _lacking(path: str, planned: list[str], mount: Mount) -> Iterator[Finding]:
    for option in planned:
        # nofail speaks to systemd; the kernel never sees it.
        if option != "nofail" and not _has(mount.options | mount.wide, option):
            advice = f"Compare fileSystems.\"{path}\".options with the plan; 'mount -o remount,{option} {path}' sets it until the next boot."
            yield Finding("mount-options", path, f"without {option}", option, advice)


def _has(options: frozenset[str], wanted: str) -> bool:
    """The kernel adds the level to compress=zstd."""
    return any(option == wanted or option.startswith(f"{wanted}:") for option in options)


def _crept_in(filesystem: Filesystem, mounted: Mapping[str, Mount]) -> Iterator[Finding]:
    """These count for all mounts of the filesystem, so one finding says it."""
    wide = frozenset[str]().union(*(mount.wide for mount in mounted.values()))
    planned = {option.split("=")[0] for option in filesystem.options}
    for option in sorted(wide):
        name = option.split("=")[0]
        if name in WRITE_OPTIONS and name not in planned:
            yield _unplanned(filesystem, option)
    for path, mount in mounted.items():
        if "ro" in mount.options | mount.wide:
            yield _read_only(path)


UNDO = {"nodatacow": "datacow", "nodatasum": "datasum", "compress": "compress=no", "compress-force": "compress=no"}


def _unplanned(filesystem: Filesystem, option: str) -> Finding:
    name = option.split("=")[0]
    undo = UNDO.get(name, f"no{name}")
    path = filesystem.subvolumes[0].mount_point
    advice = (
        "It counts for every mount of the filesystem. Find which mount has it, remove it there, and run 'mount -o "
        f"remount,{undo} {path}'; files written meanwhile keep what it did."
    )
    return Finding("mount-options", filesystem.label, f"mounted with {option}", f"without {name}", advice)


def _read_only(path: str) -> Finding:
    advice = (
        "Btrfs forces this after an error it cannot go on with: see 'journalctl -k --grep=btrfs' before anything "
        "else."
    )
    return Finding("mount-options", path, "read-only", "writable", advice)
