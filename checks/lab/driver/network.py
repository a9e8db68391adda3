"""A network between the machines of one job: a namespace for each with its address, joined by a bridge in another one.

Only processes hold it: nothing of it is left on the host when the driver has ended.
"""

from __future__ import annotations

import os
from pathlib import Path

from guest import run

NAMESPACES = Path("/run/netns")


class Network:
    def __init__(self, addresses: dict[str, str]) -> None:
        self.prefix = f"lab{os.getpid()}"
        self.switch = f"{self.prefix}-switch"
        self._add_namespace(self.switch)
        run("ip", "-n", self.switch, "link", "add", "bridge", "type", "bridge")
        run("ip", "-n", self.switch, "link", "set", "bridge", "up")
        for name, address in addresses.items():
            self._add_member(name, address)

    def _add_namespace(self, name: str) -> None:
        run("ip", "netns", "add", name)
        run("ip", "-n", name, "link", "set", "lo", "up")

    def _add_member(self, name: str, address: str) -> None:
        namespace = self.path(name).name
        self._add_namespace(namespace)
        run("ip", "-n", self.switch, "link", "add", name, "type", "veth", "peer", "name", "host0", "netns", namespace)
        run("ip", "-n", self.switch, "link", "set", name, "master", "bridge", "up")
        run("ip", "-n", namespace, "address", "add", f"{address}/24", "dev", "host0")
        run("ip", "-n", namespace, "link", "set", "host0", "up")

    def path(self, name: str) -> Path:
        """The namespace of a machine, for systemd-nspawn."""
        return NAMESPACES / f"{self.prefix}-{name}"

    def cut(self, name: str) -> None:
        """As a cable that is pulled."""
        run("ip", "-n", self.switch, "link", "set", name, "down")

    def heal(self, name: str) -> None:
        run("ip", "-n", self.switch, "link", "set", name, "up")

    def close(self) -> None:
        for namespace in NAMESPACES.glob(f"{self.prefix}-*"):
            run("ip", "netns", "delete", namespace.name)
