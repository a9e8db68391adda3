"""Streaming replication of PostgreSQL with three members under load. A replica's disks are lost, it is made anew, it goes back
to one of its snapshots: each time it catches up. Then the primary is lost, and no answered commit with it."""

from __future__ import annotations

import time

from cluster import Cluster, until
from commits import Commits
from restored import take_snapshot


def run(cluster: Cluster) -> None:
    primary = str(cluster.about["primary"])
    first, second = cluster.others(primary)
    commits = Commits(cluster)
    with cluster.subtest("first start"):
        first_start(cluster, primary)
    commits.create(primary)
    for _ in range(cluster.rounds):
        for trouble in (disks_lost, made_anew, from_snapshot):
            with cluster.subtest(f"a replica: {trouble.__name__.replace('_', ' ')}"):
                commits.start(second)
                until("clients commit", commits.goes_on)
                trouble(cluster, first)
                until(f"{first} has caught up", lambda: has_caught_up(cluster, primary, first))
                commits.stop()
                cluster.must_be_as_planned(first)
                commits.must_be_there(primary)
                commits.must_be_there(first)
                cluster.count("troubles")
    with cluster.subtest("the primary is lost"):
        primary_lost(cluster, commits, primary)


def first_start(cluster: Cluster, primary: str) -> None:
    engine = cluster.engine(primary)
    engine.machine.wait_for_unit("postgresql.service")
    # NixOS makes the user (ensureUsers); the password is the one in the password file. No replica can confirm it yet.
    role = "CREATE ROLE replicator LOGIN REPLICATION PASSWORD 'of-the-lab';"
    options = "PGOPTIONS='-c synchronous_commit=local'"
    engine.machine.succeed(engine.as_user(f'env {options} {engine.client()} --command="{role}"'))
    for replica in cluster.others(primary):
        cluster.hosts[replica].machine.succeed("systemctl start postgresql")
        until(f"{replica} follows", lambda: has_caught_up(cluster, primary, replica))
    cluster.do(primary, "slots")
    for member in cluster.hosts:
        cluster.must_be_as_planned(member)


def has_caught_up(cluster: Cluster, primary: str, replica: str) -> bool:
    seen = f"SELECT count(*) FROM pg_stat_replication WHERE application_name = '{replica}' AND state = 'streaming';"
    return cluster.engine(primary).sql(seen) == "1"


def disks_lost(cluster: Cluster, replica: str) -> None:
    cluster.hosts[replica].machine.crash()
    time.sleep(1)
    cluster.hosts[replica].reinstall()


def made_anew(cluster: Cluster, replica: str) -> None:
    cluster.do(replica, "anew")


def from_snapshot(cluster: Cluster, replica: str) -> None:
    """Restored it stands alone, with what it was when the snapshot was taken; pg_rewind leads it back."""
    take_snapshot(cluster.engine(replica))
    time.sleep(2)
    cluster.hosts[replica].machine.succeed(f"dbtrfs-restore {cluster.engine(replica).name} --at latest --in-place --yes >&2")
    cluster.do(replica, "rewind")


def primary_lost(cluster: Cluster, commits: Commits, primary: str) -> None:
    replicas = cluster.others(primary)
    commits.start(replicas[0])
    until("clients commit", commits.goes_on)
    time.sleep(2)
    cluster.hosts[primary].machine.crash()
    positions = {replica: cluster.do(replica, "position").strip() for replica in replicas}
    furthest = max(positions, key=lambda replica: lsn(positions[replica]))
    cluster.do(furthest, "promote")
    commits.stop()
    commits.must_be_there(furthest)
    cluster.count("failovers")


def lsn(position: str) -> int:
    high, low = position.split("/")
    return int(high, 16) << 32 | int(low, 16)
