"""Galera with three members under load: one loses its disks and comes back by a whole copy, one is killed and comes back by
what it missed, one asks for a copy; then all are down at once. Nothing answered is missing, on any member."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from cluster import Cluster, until
from ledger import Ledger


def run(cluster: Cluster) -> None:
    first, *others = cluster.hosts
    with cluster.subtest("first start"):
        for member in cluster.hosts:
            cluster.hosts[member].machine.succeed("systemctl stop mysql")
        begin(cluster, first)
    ledger = Ledger(cluster.engine(first), cluster.hosts[first].channel)
    ledger.create()
    troubles: list[Callable[[Cluster, str], None]] = [disks_lost, killed, copied]
    for _ in range(cluster.rounds):
        for trouble in troubles:
            with cluster.subtest(f"a member: {trouble.__name__.replace('_', ' ')}"):
                ledger.start()
                time.sleep(1)
                trouble(cluster, others[-1])
                must_be_whole(cluster, ledger)
                cluster.count("troubles")
        with cluster.subtest("all members down"):
            ledger.start()
            time.sleep(2)
            all_down(cluster)
            must_be_whole(cluster, ledger)
            cluster.count("troubles")


def begin(cluster: Cluster, first: str) -> None:
    cluster.do(first, "bootstrap")
    for member in cluster.others(first):
        cluster.hosts[member].machine.succeed("systemctl start mysql")
        until(f"{member} is there", lambda: is_synced(cluster, member), 300)


def is_synced(cluster: Cluster, member: str) -> bool:
    machine = cluster.hosts[member].machine
    command = "runuser -u mysql -- mysql --user=mysql --batch --skip-column-names --execute=\"SHOW STATUS LIKE 'wsrep_local_state_comment'\""
    status, output = machine.execute(command)
    return status == 0 and output.split()[-1:] == ["Synced"]


def must_be_whole(cluster: Cluster, ledger: Ledger) -> None:
    ledger.stop()
    time.sleep(0.5)
    for member in cluster.hosts:
        until(f"{member} is there", lambda: is_synced(cluster, member), 300)
        verdict = Ledger(cluster.engine(member), "").judge(cluster.hosts[ledger_host(cluster, ledger)].reported())
        cluster.counts["acknowledged"] = verdict.acknowledged
        cluster.count("missing", verdict.missing)
        if verdict.missing:
            raise AssertionError(f"{member}: {verdict.missing} of {verdict.acknowledged} answered commits are missing")
        cluster.must_be_as_planned(member)


def ledger_host(cluster: Cluster, ledger: Ledger) -> str:
    return next(name for name, host in cluster.hosts.items() if host is ledger.engine.host)


def disks_lost(cluster: Cluster, member: str) -> None:
    cluster.hosts[member].machine.crash()
    time.sleep(2)
    cluster.hosts[member].reinstall()
    until(f"{member} is there", lambda: is_synced(cluster, member), 300)
    copies(cluster, member)


def killed(cluster: Cluster, member: str) -> None:
    cluster.hosts[member].machine.crash()
    time.sleep(2)
    cluster.hosts[member].machine.start()
    until(f"{member} is there", lambda: is_synced(cluster, member), 300)
    if "IST received" not in journal(cluster, member):
        raise AssertionError(f"{member} did not come back by what it missed")
    cluster.count("ist")


def copied(cluster: Cluster, member: str) -> None:
    cluster.do(member, "transfer")
    until(f"{member} is there", lambda: is_synced(cluster, member), 300)
    copies(cluster, member)


def copies(cluster: Cluster, member: str) -> None:
    if "SST received" not in journal(cluster, member):
        raise AssertionError(f"{member} did not come back by a whole copy")
    cluster.count("sst")


def journal(cluster: Cluster, member: str) -> str:
    return cluster.hosts[member].machine.succeed("journalctl --unit=mysql --no-pager")


def all_down(cluster: Cluster) -> None:
    """Killed, so that nobody knows that it was the last; what the kernel had not written yet is not lost with them."""
    for host in cluster.hosts.values():
        host.machine.crash()
    # Each waits for one of the others, and gives up.
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda host: host.machine.start(), cluster.hosts.values()))
    positions = {member: position(cluster.do(member, "position")) for member in cluster.hosts}
    furthest = max(positions, key=lambda member: positions[member])
    cluster.do(furthest, "last")
    begin(cluster, furthest)


def position(output: str) -> int:
    found = re.findall(r"^seqno: *(\d+)$", output, re.MULTILINE)
    if not found:
        raise AssertionError(f"no position in:\n{output}")
    return int(found[0])
