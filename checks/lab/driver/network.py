"""A network between the machines of one job: a namespace for each with its address, joined by a bridge in another one.

Their names lie on a filesystem of the driver's own (its mounts are private, see ../job.ts), so that several drivers do not
meet, and nothing is left on the host when one has ended.
"""

from __future__ import annotations

from pathlib import Path

from guest import run

NAMESPACES = Path("/run/netns")
SWITCH = "switch"


class Network:
    def __init__(self, addresses: dict[str, str]) -> None:
        NAMESPACES.mkdir(exist_ok=True)
        run("mount", "-t", "tmpfs", "netns", NAMESPACES)
        self._add_namespace(SWITCH)
        run("ip", "-n", SWITCH, "link", "add", "bridge", "type", "bridge")
        run("ip", "-n", SWITCH, "link", "set", "bridge", "up")
        for name, address in addresses.items():
            self._add_member(name, address)

    def _add_namespace(self, name: str) -> None:
        run("ip", "netns", "add", name)
        run("ip", "-n", name, "link", "set", "lo", "up")

    def _add_member(self, name: str, address: str) -> None:
        self._add_namespace(name)
        run("ip", "-n", SWITCH, "link", "add", name, "type", "veth", "peer", "name", "host0", "netns", name)
        run("ip", "-n", SWITCH, "link", "set", name, "master", "bridge", "up")
        run("ip", "-n", name, "address", "add", f"{address}/24", "dev", "host0")
        run("ip", "-n", name, "link", "set", "host0", "up")

    def path(self, name: str) -> Path:
        """The namespace of a machine, for systemd-nspawn."""
        return NAMESPACES / name

    def cut(self, name: str) -> None:
        """As a cable that is pulled."""
        run("ip", "-n", SWITCH, "link", "set", name, "down")

    def heal(self, name: str) -> None:
        run("ip", "-n", SWITCH, "link", "set", name, "up")
