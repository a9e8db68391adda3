"""The part of plan.json that a running host can be compared with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbtrfs.instances import Directory

PLAN = Path("/etc/dbtrfs/plan.json")


@dataclass(frozen=True)
class Subvolume:
    name: str
    mount_point: str
    options: list[str]  # with those of the whole filesystem


@dataclass(frozen=True)
class Filesystem:
    label: str
    nodesize: int
    checksum: str
    devices: int
    data_profile: str
    metadata_profile: str
    options: list[str]  # of the whole filesystem
    subvolumes: list[Subvolume]


@dataclass(frozen=True)
class LogFilesystem:
    mount_point: str
    options: list[str]
    database: str


@dataclass(frozen=True)
class Setting:
    name: str
    value: str | int | float | bool
    since: str | None  # the version that knows it


@dataclass(frozen=True)
class Database:
    name: str
    engine: str
    version: str | None
    mount_point: str
    data_directory: str
    directories: list[Directory]
    settings: list[Setting]
    page_checksums: bool
    snapshots_every: str | None
    recovery_point: str | None  # how old the last backup may be


@dataclass(frozen=True)
class Plan:
    host: str
    filesystems: list[Filesystem]
    log_filesystems: list[LogFilesystem]
    databases: list[Database]
    scrub_interval: str  # weekly or monthly


def read_plan(path: Path) -> Plan:
    """Raises OSError, and ValueError or KeyError where the file is no plan."""
    return parse_plan(json.loads(path.read_text()))


def parse_plan(data: dict[str, Any]) -> Plan:
    return Plan(
        host=data["host"],
        filesystems=[_filesystem(f) for f in data["filesystems"]],
        log_filesystems=[
            LogFilesystem(f["mountPoint"], f["mountOptions"], f["database"]) for f in data["logFilesystems"]
        ],
        databases=[_database(d) for d in data["databases"]],
        scrub_interval=data["scrub"]["interval"],
    )


def _filesystem(value: dict[str, Any]) -> Filesystem:
    options = value["mountOptions"]
    return Filesystem(
        label=value["label"],
        nodesize=value["nodesize"],
        checksum=value["checksum"],
        devices=len(value["devices"]),
        data_profile=value["dataProfile"],
        metadata_profile=value["metadataProfile"],
        options=options,
        subvolumes=[Subvolume(s["name"], s["mountPoint"], options + s["mountOptions"]) for s in value["subvolumes"]],
    )


def _database(value: dict[str, Any]) -> Database:
    snapshots, backup = value["snapshots"], value["backup"]
    return Database(
        name=value["name"],
        engine=value["engine"],
        version=value["version"],
        mount_point=value["mountPoint"],
        data_directory=value["dataDirectory"],
        directories=[_directory(d) for d in value["directories"]],
        settings=[Setting(s["name"], s["value"], s["packageVersion"]) for s in value["settings"]],
        page_checksums=_page_checksums(value),
        snapshots_every=snapshots["every"] if snapshots else None,
        recovery_point=backup["recoveryPointObjective"] if backup else None,
    )


def _directory(value: dict[str, Any]) -> Directory:
    return Directory(
        path=value["path"],
        component=value["component"],
        filesystem=value["filesystem"],
        no_cow=value["noCow"],
        compression=value["compression"],
        user=value["user"],
        group=value["group"],
        mode=value["mode"],
    )


def _page_checksums(value: dict[str, Any]) -> bool:
    """InnoDB has them unless told otherwise, PostgreSQL since 18 (release notes of 18, E.1); SQLite has none."""
    if value["engine"] != "postgresql":
        return str(value["engine"]) != "sqlite"
    arguments = {a["argument"] for a in value["initArguments"]}
    by_default = int(str(value["version"]).split(".")[0]) >= 18
    return "--no-data-checksums" not in arguments and (by_default or "--data-checksums" in arguments)
