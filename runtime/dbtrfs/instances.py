"""What the host's configuration says of its databases: /etc/dbtrfs/instances.json, written by modules/runtime.nix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIGURATION = Path("/etc/dbtrfs/instances.json")


@dataclass(frozen=True)
class Directory:
    path: str
    component: str  # data, log, binlog …
    filesystem: str  # btrfs or xfs
    no_cow: bool
    compression: str | None
    user: str
    group: str
    mode: str  # octal, with a leading 0


@dataclass(frozen=True)
class Instance:
    name: str
    engine: str  # postgresql, mysql, mariadb or sqlite
    mount_point: str  # of the subvolume that a snapshot captures
    data_directory: str
    log_filesystem: str | None  # mount point of the log's own filesystem
    redo: str | None  # InnoDB: the folder of the redo log
    binlog: str | None  # InnoDB: path of the binary log without its number
    user: str
    group: str
    units: list[str]  # systemd services, without the suffix
    server: str | None  # prefix with bin/ of the server's programs
    port: int | None
    directories: list[Directory]
    snapshots: dict[str, Any] | None  # every, keep, …
    snapshot_directory: str
    backup: dict[str, Any] | None  # method, target, …
    clone_directory: str | None = None  # where clones are kept; None where there are to be none


@dataclass(frozen=True)
class Configuration:
    instances: dict[str, Instance]
    metrics_directory: str
    clones: dict[str, Any] | None = None  # what is allowed of them; None where there are to be none


def read_configuration(path: Path = CONFIGURATION) -> Configuration:
    """Raises OSError where the host has no databases of dbtrfs."""
    data = json.loads(path.read_text())
    instances = {name: parse_instance(name, value) for name, value in data["instances"].items()}
    return Configuration(instances, data["metricsDirectory"], data.get("clones"))


def parse_instance(name: str, value: dict[str, Any]) -> Instance:
    return Instance(
        name=name,
        engine=value["engine"],
        mount_point=value["mountPoint"],
        data_directory=value["dataDirectory"],
        log_filesystem=value["logFilesystem"],
        redo=value["redo"],
        binlog=value["binlog"],
        user=value["user"],
        group=value["group"],
        units=value["units"],
        server=value["server"],
        port=value["port"],
        directories=[_directory(path, d) for path, d in sorted(value["directories"].items())],
        snapshots=value["snapshots"],
        snapshot_directory=value["snapshotDirectory"],
        backup=value.get("backup"),
        clone_directory=value.get("cloneDirectory"),
    )


def _directory(path: str, value: dict[str, Any]) -> Directory:
    return Directory(
        path=path,
        component=value["component"],
        filesystem=value["filesystem"],
        no_cow=value["noCow"],
        compression=value["compression"],
        user=value["user"],
        group=value["group"],
        mode=value["mode"],
    )
