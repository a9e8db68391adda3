"""Runs one scenario on the machines of a cluster, in containers on this kernel with a network between them. Reads a job
with `members` (see ClusterJob in ../job.ts), and answers as main.py does.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import signal
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from main import host_for, subtest  # before what lies in ../../scenarios: it leads there
from install import install
from network import Network
from nspawn import NspawnMachine

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
    began = time.monotonic()
    addresses = {member["host"]: member["address"] for member in job["members"]}
    network = Network(addresses)
    members = members_of(job, network)
    machines = [machine for _, machine in members.values()]
    cluster = Cluster(
        hosts={name: host for name, (host, _) in members.items()},
        subtest=subtest,
        network=addresses,
        cut=network.cut,
        heal=network.heal,
        options=job["options"],
    )
    result: dict[str, Any] = {"ok": False}
    try:
        with subtest("format and mount, twice"), ThreadPoolExecutor() as pool:
            list(pool.map(install, machines))
        with subtest("boot"), ThreadPoolExecutor() as pool:
            list(pool.map(lambda machine: machine.start(), machines))
        importlib.import_module(job["scenario"]).run(cluster)
        result["ok"] = True
    except Exception as error:
        traceback.print_exc(file=sys.stdout)
        result["error"] = str(error)
        for machine in machines:
            with contextlib.suppress(Exception):
                machine.keep_journal()
    finally:
        for machine in machines:
            machine.close()
        network.close()
    return result | {"seconds": round(time.monotonic() - began, 1), "kernel": machines[0].kernel, "counts": cluster.counts}


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    outcome = run(json.load(sys.stdin))
    print(json.dumps(outcome))
    sys.exit(0 if outcome["ok"] else 1)
