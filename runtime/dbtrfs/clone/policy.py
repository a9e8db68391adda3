"""What the host's configuration allows of clones: `clones` in /etc/dbtrfs/instances.json (modules/clones.nix)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..instances import CONFIGURATION, Configuration, Instance, read_configuration
from ..restore.problems import NotFound, Refused

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True)
class Policy:
    ttl: int  # seconds
    longest: int  # seconds
    most: int
    memory: int  # bytes of a server
    space: int  # bytes that a clone may write
    keep_free: float  # part of the filesystem that clones leave alone
    ports: range


@dataclass(frozen=True)
class Host:
    """The databases that may be cloned, and how."""

    instances: dict[str, Instance]
    policy: Policy
    metrics_directory: str


def parse_policy(value: dict[str, Any]) -> Policy:
    return Policy(
        ttl=value["ttlSeconds"],
        longest=value["longestSeconds"],
        most=value["most"],
        memory=value["memoryMiB"] * MIB,
        space=value["spaceMiB"] * MIB,
        keep_free=value["keepFreePercent"] / 100,
        ports=range(value["firstPort"], value["lastPort"] + 1),
    )


def host_of(configuration: Configuration) -> Host:
    cloned = {name: i for name, i in configuration.instances.items() if i.clone_directory is not None}
    if configuration.clones is None or not cloned:
        raise Refused("No database of this host may be cloned. Set `dbtrfs.instances.NAME.clones = true` for one.")
    return Host(cloned, parse_policy(configuration.clones), configuration.metrics_directory)


def read_host() -> Host:
    try:
        return host_of(read_configuration())
    except OSError:
        raise NotFound(f"{CONFIGURATION} is not there: this host's configuration has no dbtrfs.instances.") from None


def instance_for(host: Host, database: str | None, of_snapshot: str | None) -> Instance:
    """The one that is named, by itself or by a snapshot; without either, the only one."""
    named = database or of_snapshot
    known = ", ".join(sorted(host.instances))
    if database is not None and of_snapshot is not None and database != of_snapshot:
        raise NotFound(f"The snapshot is one of {of_snapshot}, not of {database}.")
    if named is None and len(host.instances) > 1:
        raise NotFound(f"Of which database? Say --database, or name a snapshot. There are: {known}.")
    found = host.instances.get(named) if named is not None else next(iter(host.instances.values()))
    if found is None:
        raise NotFound(f"No clones are made of {named} on this host. They are of: {known}.")
    return found
