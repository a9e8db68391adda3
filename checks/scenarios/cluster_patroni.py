"""Patroni with three members under load. The leader's disks are lost, the leader is lost with its disks whole, the leader is
cut off from the others, a standby is made anew: no answered commit is missing, and each comes back to its planned layout."""

from __future__ import annotations

import json
import time
from typing import Any

from cluster import Cluster, until
from commits import Commits
from restored import has_later, mark_later, take_snapshot

FAILOVER = 120  # seconds: the leader's lock lasts 30


def run(cluster: Cluster) -> None:
    with cluster.subtest("first start"):
        until("all members are there", lambda: is_whole(cluster), 180)
    for member in cluster.hosts:
        cluster.do(member, "list")
        cluster.must_be_as_planned(member)
    commits = Commits(cluster)
    commits.create(leader(cluster))
    for _ in range(cluster.rounds):
        for trouble in (disks_lost, leader_killed, leader_cut_off, standby_made_anew, leader_changed):
            with cluster.subtest(trouble.__name__.replace("_", " ")):
                suffer(cluster, commits, trouble)
    with cluster.subtest("all of them back to a snapshot"):
        back_to_snapshot(cluster, commits)


def suffer(cluster: Cluster, commits: Commits, trouble: Any) -> None:
    """Clients commit all the time; afterwards everything is there that one was answered, and every member is as planned."""
    old = leader(cluster)
    commits.start(cluster.others(old)[0])
    until("clients commit", commits.goes_on)
    time.sleep(2)
    trouble(cluster, commits, old)
    until("all members are there again", lambda: is_whole(cluster), 300)
    until("clients commit again", commits.goes_on)
    commits.stop()
    commits.must_be_there(leader(cluster))
    for member in cluster.hosts:
        cluster.must_be_as_planned(member)
    cluster.count("troubles")


def disks_lost(cluster: Cluster, commits: Commits, old: str) -> None:
    cluster.hosts[old].machine.crash()
    failed_over(cluster, commits, old)
    cluster.hosts[old].reinstall()
    cluster.do(old, "etcd")
    until("etcd has three members again", lambda: etcd_is_whole(cluster))


def leader_killed(cluster: Cluster, commits: Commits, old: str) -> None:
    """It comes back by pg_rewind, on its own."""
    cluster.hosts[old].machine.crash()
    failed_over(cluster, commits, old)
    cluster.hosts[old].machine.start()


def leader_cut_off(cluster: Cluster, commits: Commits, old: str) -> None:
    """It stops taking writes before another one takes them."""
    cluster.cut(old)
    failed_over(cluster, commits, old)
    engine = cluster.engine(old)
    found = engine.machine.execute(engine.as_user(f"{engine.client()} <<< 'SELECT pg_is_in_recovery();'"))
    if found[0] == 0 and found[1].strip() == "f":
        raise AssertionError(f"{old} is cut off and still takes writes")
    cluster.heal(old)


def standby_made_anew(cluster: Cluster, commits: Commits, old: str) -> None:
    standby = cluster.others(old)[1]
    before = cluster.engine(standby).sql("SELECT pg_postmaster_start_time();")
    cluster.do(standby, "reinit")
    until(f"{standby} is another copy", lambda: started(cluster, standby) not in (None, before), 120)


def leader_changed(cluster: Cluster, commits: Commits, old: str) -> None:
    cluster.do(cluster.others(old)[0], "switchover")
    until("another member leads", lambda: leader_or_none(cluster) not in (None, old), FAILOVER)


def back_to_snapshot(cluster: Cluster, commits: Commits) -> None:
    """What was committed before it is there, on all of them, and nothing that came after it: an empty cluster is no way back."""
    old = leader(cluster)
    chosen, *rest = cluster.others(old) + [old]
    take_snapshot(cluster.engine(chosen))
    mark_later(cluster.engine(old))
    for member in cluster.hosts:
        cluster.do(member, "stop")
    cluster.do(chosen, "remove")
    until(f"{chosen} leads", lambda: [m["name"] for m in state(cluster, chosen) if m["role"] == "leader"] == [chosen])
    for member in rest:
        cluster.hosts[member].machine.succeed("systemctl start patroni")
        until(f"{member} is seen", lambda: member in [m["name"] for m in state(cluster, chosen)])
        cluster.do(member, "reinit")
    until("all members are there", lambda: is_whole(cluster), 300)
    for member in cluster.hosts:
        if has_later(cluster.engine(member)):
            raise AssertionError(f"{member} has what came after the snapshot")
        commits.must_be_there(member)
        cluster.must_be_as_planned(member)
    cluster.count("restores")


def failed_over(cluster: Cluster, commits: Commits, old: str) -> None:
    seconds = until("another member leads", lambda: leader_or_none(cluster, but=old) not in (None, old), FAILOVER)
    cluster.counts["failoverMs"] = round(1000 * seconds)
    until("clients commit", commits.goes_on)
    cluster.count("failovers")


def started(cluster: Cluster, member: str) -> str | None:
    engine = cluster.engine(member)
    status, output = engine.machine.execute(engine.as_user(f"{engine.client()} <<< 'SELECT pg_postmaster_start_time();'"))
    return output.strip() if status == 0 else None


def state(cluster: Cluster, member: str) -> list[dict[str, Any]]:
    """The members as this one's Patroni shows them; none while it does not answer."""
    address = cluster.addresses[member]
    get = f'import urllib.request as u; print(u.urlopen("http://{address}:8008/cluster", timeout=2).read().decode())'
    status, output = cluster.hosts[member].machine.execute(f"python3 -c '{get}'")
    members: list[dict[str, Any]] = json.loads(output)["members"] if status == 0 else []
    return members


def leader_or_none(cluster: Cluster, but: str | None = None) -> str | None:
    """Whom all of them name: one that was cut off shows for a while what it knew before."""
    named = {
        tuple(m["name"] for m in state(cluster, name) if m["role"] == "leader" and m["state"] == "running")
        for name in cluster.hosts
        if name != but
    }
    agreed = named.pop() if len(named) == 1 else ()
    return str(agreed[0]) if len(agreed) == 1 else None


def leader(cluster: Cluster) -> str:
    found = leader_or_none(cluster)
    if found is None:
        raise AssertionError(f"the members do not agree on a leader: {[state(cluster, name) for name in cluster.hosts]}")
    return found


def is_whole(cluster: Cluster) -> bool:
    return leader_or_none(cluster) is not None and all(sees_all(state(cluster, name)) for name in cluster.hosts)


def sees_all(members: list[dict[str, Any]]) -> bool:
    roles = sorted(m["role"] for m in members if m["state"] in ("running", "streaming"))
    return roles == ["leader", "replica", "sync_standby"] and len({m.get("timeline") for m in members}) == 1


def etcd_is_whole(cluster: Cluster) -> bool:
    endpoints = ",".join(f"http://{address}:2379" for address in cluster.addresses.values())
    machine = next(iter(cluster.hosts.values())).machine
    return machine.execute(f"etcdctl --endpoints={endpoints} endpoint health")[0] == 0
