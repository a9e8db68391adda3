"""Reads the host. What cannot be read becomes a finding of the check that wants it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dbtrfs.commands import CommandFailed, run
from dbtrfs.instances import Configuration, Instance

from . import directory, servers, snapshots, sqlite
from .ages import Clock, Event
from .archive import CHECK as LOG_ARCHIVE
from .archive import STATEMENT, Archiver, parse_archiver
from .btrfs import read_state
from .facts import DatabaseFacts, Facts, FilesystemFacts
from .finding import Finding
from .mounts import Mount, parse_mountinfo
from .plan import Database, Filesystem, Plan
from .prom import parse_metrics
from .scrub import read_scrub

# Of the host, not of this unit's own namespace, in which much is read-only.
MOUNTINFO = Path("/proc/1/mountinfo")
UNITS = Path("/etc/systemd/system")
T = TypeVar("T")


class Gatherer:
    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.failures: list[Finding] = []

    def attempt(self, check: str, subject: str, read: Callable[[], T], advice: str) -> T | None:
        try:
            return read()
        except (CommandFailed, OSError, subprocess.TimeoutExpired, KeyError, ValueError) as error:
            words = str(error) or type(error).__name__
            self.failures.append(Finding(check, subject, f"could not be read: {words}", "an answer", advice))
            return None

    def facts(self, plan: Plan) -> Facts:
        mounts = parse_mountinfo(MOUNTINFO.read_text())
        filesystems = [self.filesystem(f, mounts) for f in plan.filesystems]
        databases = [self.database(d) for d in plan.databases]
        return Facts(
            plan=plan,
            configuration=self.configuration,
            clock=Clock(time.time(), time.clock_gettime(time.CLOCK_BOOTTIME)),
            mounts=mounts,
            filesystems=[f for f in filesystems if f is not None],
            databases=[d for d in databases if d is not None],
            failures=self.failures,
        )

    def filesystem(self, planned: Filesystem, mounts: dict[str, Mount]) -> FilesystemFacts | None:
        """None where no part of it is mounted, which another check says."""
        points = [s.mount_point for s in planned.subvolumes]
        mount = next((p for p in points if p in mounts and mounts[p].kind == "btrfs"), None)
        if mount is None:
            return None
        return self.mounted(planned, mount)

    def mounted(self, planned: Filesystem, mount: str) -> FilesystemFacts | None:
        state = self.attempt("devices", planned.label, lambda: read_state(mount), f"See 'btrfs filesystem show {mount}'.")
        if state is None:
            return None
        room = os.statvfs(mount)
        uuid, advice = state.uuid, f"Try 'btrfs scrub status -R {mount}'."
        scrub = self.attempt("scrub", planned.label, lambda: read_scrub(uuid, birth(mount), time.time()), advice)
        return FilesystemFacts(planned, mount, state, room.f_bavail / room.f_blocks, scrub)

    def database(self, planned: Database) -> DatabaseFacts | None:
        instance = self.configuration.instances.get(planned.name)
        if instance is None:
            advice = "It is in the plan and not in dbtrfs.instances. Rebuild the host with the plan's configuration."
            self.failures.append(Finding("instances", planned.name, "not configured", "an instance", advice))
            return None
        metrics = read_metrics(self.configuration.metrics_directory)
        server = self.server(instance)
        directories, made = self.directories(planned), self.made(planned.mount_point)
        # Litestream copies all the time, and says in metrics of its own how far it is.
        timed = instance.backup is not None and instance.backup["method"] != "litestream"
        backup_planned = timed and planned.recovery_point is not None
        drill_planned = (UNITS / f"dbtrfs-drill-{planned.name}.timer").exists()
        return DatabaseFacts(
            planned=planned,
            directories=directories,
            server=server,
            headers=self.headers(planned) if planned.engine == "sqlite" and directories else [],
            snapshot=self.snapshot(planned, instance, made) if planned.snapshots_every else None,
            backup=last("dbtrfs_backup_timestamp_seconds", planned.name, metrics, made) if backup_planned else None,
            backup_keeps_log=bool((instance.backup or {}).get("pointInTime")),
            archiver=self.archiver(instance) if server else None,
            binlog=last("dbtrfs_binlog_timestamp_seconds", planned.name, metrics, made) if copies_binlog(instance) else None,
            drill=last("dbtrfs_drill_timestamp_seconds", planned.name, metrics, made) if drill_planned else None,
            drill_succeeded=metrics.get(("dbtrfs_drill_success", planned.name), 1) == 1,
        )

    def made(self, mount: str) -> float:
        """When the subvolume was made that is mounted here."""
        made = self.attempt("mounts", mount, lambda: birth(mount), f"See 'findmnt --target {mount}'.")
        return time.time() if made is None else made

    def directories(self, planned: Database) -> dict[str, directory.Directory]:
        found = {}
        for wanted in planned.directories:
            # In .dbtrfs lies what a restore is making (modules/attributes.sh).
            others = [f"{wanted.path}/.dbtrfs", *(d.path for d in planned.directories if d.path.startswith(f"{wanted.path}/"))]
            advice = f"systemd-tmpfiles makes it: 'systemctl start dbtrfs-attributes-{planned.name}'."
            on_btrfs = wanted.filesystem == "btrfs"
            sample = wanted.compression is not None
            read = self.attempt(
                "owners", wanted.path, lambda: directory.read_directory(wanted.path, others, on_btrfs, sample), advice
            )
            if read is not None:
                found[wanted.path] = read
        return found

    def server(self, instance: Instance) -> servers.Server | None:
        if instance.server is None:
            return None
        advice = (
            f"See 'systemctl status {' '.join(instance.units)}'. Its settings, version, page checksums and "
            "archive were not compared."
        )
        return self.attempt("server", instance.name, lambda: servers.ask(instance), advice)

    def archiver(self, instance: Instance) -> Archiver | None:
        if instance.backup is None or instance.backup.get("walCommand") is None:
            return None
        advice = f"See 'systemctl status {' '.join(instance.units)}'. Whether its log is archived is not known."
        answer = self.attempt(LOG_ARCHIVE, instance.name, lambda: servers.query(instance, STATEMENT), advice)
        return None if answer is None else parse_archiver(answer, servers.SEPARATOR)

    def headers(self, planned: Database) -> list[sqlite.Header]:
        restored = frozenset([f"{planned.data_directory}/.dbtrfs"])
        files = directory.walk(planned.data_directory, restored, os.stat(planned.data_directory).st_dev)
        paths = [entry.path for entry in files if entry.kind == "file" and entry.size >= sqlite.HEADER]
        read = [self.attempt("settings", path, lambda: read_header(path), "Can root read it?") for path in paths]
        return [header for header in read if header is not None]

    def snapshot(self, planned: Database, instance: Instance, made: float) -> Event | None:
        advice = "systemd-tmpfiles makes it once its filesystem is mounted; see 'findmnt --target' on it."
        names = self.attempt("snapshots", planned.name, lambda: os.listdir(instance.snapshot_directory), advice)
        if names is None:
            return None
        taken = snapshots.newest(planned.name, names)
        return Event(made, False) if taken is None else Event(taken, True)


def copies_binlog(instance: Instance) -> bool:
    return instance.backup is not None and instance.backup.get("binlogDirectory") is not None


def read_header(path: str) -> sqlite.Header | None:
    try:
        with open(path, "rb") as file:
            return sqlite.parse_header(path, file.read(sqlite.HEADER))
    except FileNotFoundError:
        # A journal, which goes with its transaction.
        return None


def birth(path: str) -> float:
    """When it was made; Python's os.stat does not say. A subvolume's root is as old as the subvolume."""
    return float(run("stat", "--format=%W", path))


def read_metrics(directory: str) -> dict[tuple[str, str], float]:
    metrics: dict[tuple[str, str], float] = {}
    for path in sorted(Path(directory).glob("*.prom")):
        metrics |= parse_metrics(path.read_text())
    return metrics


def last(name: str, database: str, metrics: dict[tuple[str, str], float], made: float) -> Event:
    at = metrics.get((name, database), 0)
    return Event(at, True) if at > 0 else Event(made, False)
