"""The services of a database."""

from __future__ import annotations

from ..commands import run
from ..instances import Instance


def services(instance: Instance) -> list[str]:
    return [f"{unit}.service" for unit in instance.units]


def stop(instance: Instance) -> None:
    if instance.units:
        run("systemctl", "stop", *services(instance))


def start(instance: Instance) -> None:
    """What the check of the attributes found holds until it is asked again."""
    attributes = f"dbtrfs-attributes-{instance.name}.service"
    run("systemctl", "reset-failed", attributes, *services(instance))
    run("systemctl", "restart", attributes)
    if instance.units:
        run("systemctl", "start", *services(instance))
