"""Replication by GTIDs under load: the replica is killed, loses its disks, is made anew, goes back to one of its snapshots; each
time it catches up, and has no transaction of its own. Then the primary is lost."""

from __future__ import annotations

import shlex
import time

from cluster import Cluster, until
from ledger import Ledger
from restored import must_go_on, take_snapshot

KEY = "/root/.ssh/id_ed25519"

# What a member has executed, as it tells it itself.
POSITION = {"mariadb": "SELECT @@gtid_binlog_pos", "mysql": "SELECT @@gtid_executed"}


def run(cluster: Cluster) -> None:
    primary = str(cluster.about["primary"])
    [replica] = cluster.others(primary)
    with cluster.subtest("first start"):
        first_start(cluster, primary, replica)
    ledger = Ledger(cluster.engine(primary), cluster.hosts[primary].channel)
    ledger.create()
    for _ in range(cluster.rounds):
        for trouble in (killed, disks_lost, made_anew, from_snapshot):
            with cluster.subtest(f"the replica: {trouble.__name__.replace('_', ' ')}"):
                ledger.start()
                time.sleep(1)
                trouble(cluster, primary, replica)
                time.sleep(1)
                ledger.stop()
                must_be_whole(cluster, primary, replica)
                cluster.count("troubles")
    with cluster.subtest("the primary is lost"):
        primary_lost(cluster, ledger, primary, replica)


def ask(cluster: Cluster, member: str, query: str) -> str:
    client = f"runuser -u mysql -- mysql --user=mysql --batch --skip-column-names --execute={shlex.quote(query)}"
    return cluster.hosts[member].machine.succeed(client).strip()


def position(cluster: Cluster, member: str) -> str:
    return ask(cluster, member, POSITION[cluster.engine(member).database["engine"]]).replace("\\n", "")


def first_start(cluster: Cluster, primary: str, replica: str) -> None:
    for member in cluster.hosts:
        cluster.hosts[member].wait_until_up()
    cluster.do(primary, "user", {"SECRET": "of-the-lab"})
    for member in cluster.hosts:
        if found := position(cluster, member):
            raise AssertionError(f"{member} has transactions of its own: {found}")
    follow(cluster, primary, replica)
    for member in cluster.hosts:
        cluster.must_be_as_planned(member)


def follow(cluster: Cluster, primary: str, replica: str) -> None:
    let_in(cluster, primary, replica)
    if "complete" not in cluster.do(replica, "copy"):
        raise AssertionError(f"{replica} has no complete copy")
    cluster.do(replica, "follow", {"SECRET": "of-the-lab"})
    until(f"{replica} follows", lambda: follows(cluster, replica))


def let_in(cluster: Cluster, primary: str, replica: str) -> None:
    """root of the replica, as the runbook wants it."""
    there, here = cluster.hosts[primary].machine, cluster.hosts[replica].machine
    there.succeed("mkdir -p /run/sshd /root/.ssh; ssh-keygen -A >&2; pgrep -x sshd || /usr/sbin/sshd -o \"SetEnv=PATH=$PATH\"")
    here.succeed(
        f"mkdir -p /root/.ssh; rm -f {KEY}; ssh-keygen -q -t ed25519 -N '' -f {KEY}",
        f"ssh-keyscan {cluster.addresses[primary]} 2>/dev/null > /root/.ssh/known_hosts; [ -s /root/.ssh/known_hosts ]",
    )
    public = here.succeed(f"cat {KEY}.pub").strip()
    there.succeed(f"echo '{public}' >> /root/.ssh/authorized_keys")


def follows(cluster: Cluster, replica: str) -> bool:
    words = cluster.look(replica, "status").split()
    return [words[at + 1] for at, word in enumerate(words) if word.endswith(("IO_Running:", "SQL_Running:"))] == ["Yes", "Yes"]


def must_be_whole(cluster: Cluster, primary: str, replica: str) -> None:
    until(f"{replica} has caught up", lambda: position(cluster, replica) == position(cluster, primary))
    for member in cluster.hosts:
        verdict = Ledger(cluster.engine(member), "").judge(cluster.hosts[primary].reported())
        cluster.counts["acknowledged"] = verdict.acknowledged
        cluster.count("missing", verdict.missing)
        if verdict.missing:
            raise AssertionError(f"{member}: {verdict.missing} of {verdict.acknowledged} answered commits are missing")
        cluster.must_be_as_planned(member)


def killed(cluster: Cluster, primary: str, replica: str) -> None:
    cluster.hosts[replica].machine.crash()
    time.sleep(1)
    before = len(cluster.hosts[primary].reported())
    time.sleep(1)
    if (len(cluster.hosts[primary].reported()) > before) == bool(cluster.about["synchronous"]):
        raise AssertionError(f"synchronous: {cluster.about['synchronous']}, and {before} commits answered before it was alone")
    cluster.hosts[replica].machine.start()
    cluster.hosts[replica].wait_until_up()
    until(f"{replica} follows", lambda: follows(cluster, replica))


def disks_lost(cluster: Cluster, primary: str, replica: str) -> None:
    cluster.hosts[replica].machine.crash()
    time.sleep(1)
    cluster.hosts[replica].reinstall()
    cluster.hosts[replica].wait_until_up()
    follow(cluster, primary, replica)


def made_anew(cluster: Cluster, primary: str, replica: str) -> None:
    cluster.do(replica, "anew")
    follow(cluster, primary, replica)


def from_snapshot(cluster: Cluster, primary: str, replica: str) -> None:
    """Back at what it was, it asks for what it has missed since."""
    take_snapshot(cluster.engine(replica))
    time.sleep(2)
    cluster.hosts[replica].machine.succeed(f"dbtrfs-restore {cluster.engine(replica).name} --at latest --in-place --yes >&2")
    until(f"{replica} follows", lambda: follows(cluster, replica))


def primary_lost(cluster: Cluster, ledger: Ledger, primary: str, replica: str) -> None:
    ledger.start()
    time.sleep(2)
    cluster.hosts[primary].machine.crash()
    until(f"{replica} has applied what it received", lambda: has_applied(cluster, replica), 60)
    cluster.do(replica, "promote")
    promoted = Ledger(cluster.engine(replica), cluster.hosts[replica].channel)
    verdict = promoted.judge(cluster.hosts[primary].reported())
    cluster.counts["acknowledged"] = verdict.acknowledged
    if cluster.about["synchronous"]:
        cluster.count("missing", verdict.missing)
        if verdict.missing:
            raise AssertionError(f"{replica}: {verdict.missing} of {verdict.acknowledged} answered commits are missing")
    else:
        # That is what was chosen.
        cluster.count("notReceived", verdict.missing)
    must_go_on(promoted)
    cluster.count("failovers")


def has_applied(cluster: Cluster, replica: str) -> bool:
    """As its runbook says it."""
    output = cluster.look(replica, "applied")
    if "has read all relay log" not in output:
        return False
    sets = {name: last_of(output, name) for name in ("Retrieved_Gtid_Set", "Executed_Gtid_Set")}
    return sets["Executed_Gtid_Set"] >= sets["Retrieved_Gtid_Set"]


def last_of(output: str, name: str) -> int:
    """MySQL applies in several threads, and tells both; 0 where there is no such line. One server only has ever written."""
    found = [line.split()[-1] for line in output.splitlines() if line.strip().startswith(f"{name}:")]
    return int(found[0].split("-")[-1].split(":")[-1]) if found and found[0] != f"{name}:" else 0
