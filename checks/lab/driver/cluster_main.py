"""Runs one scenario on the machines of a cluster, in containers on this kernel with a network between them. Reads a job
with `members` (see ClusterJob in ../job.ts), and answers as main.py does.
"""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from main import host_for, subtest  # before what lies in ../../scenarios: it leads there
from install import install
from network import Network
from nspawn import NspawnMachine
from outcome import answer, outcome_of

from cluster import Cluster
from host import Host


def members_of(job: dict[str, Any], network: Network) -> dict[str, tuple[Host, NspawnMachine]]:
    members = {}
    for member in job["members"]:
        name = member["host"]
        folder = Path(job["folder"]) / name
        folder.mkdir()
        common = {key: job[key] for key in ("scenario", "machine", "image", "options")}
        host, machine = host_for(common | member, folder, network.path(name))
        assert isinstance(machine, NspawnMachine)
        members[name] = (host, machine)
    return members


def run(job: dict[str, Any]) -> dict[str, Any]:
    addresses = {member["host"]: member["address"] for member in job["members"]}
    network = Network(addresses)
    members = members_of(job, network)
    machines = [machine for _, machine in members.values()]
    cluster = Cluster(
        hosts={name: host for name, (host, _) in members.items()},
        subtest=subtest,
        addresses=addresses,
        cut=network.cut,
        heal=network.heal,
        options=job["options"],
    )

    def act() -> None:
        with subtest("format and mount"), ThreadPoolExecutor() as pool:
            list(pool.map(install, machines))
        with subtest("boot"), ThreadPoolExecutor() as pool:
            list(pool.map(lambda machine: machine.start(), machines))
        importlib.import_module(job["scenario"]).run(cluster)

    # The network ends with this process.
    return outcome_of(act, machines, cluster.counts)


if __name__ == "__main__":
    answer(run)
