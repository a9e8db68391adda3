"""Two hosts send their snapshots over a network to a third, under load; both are lost. A fourth, installed by the plan of
one of them, is filled from there by its runbook."""

from __future__ import annotations

import time

from backup_keeper import DIRECTORY, Keeper
from cluster import Cluster, until
from ledger import Ledger
from restored import take_snapshot
from runbook import followed

SENDERS = ("shop", "cart")
RESTORE_KEY = "/root/restore-shop.key"


def run(cluster: Cluster) -> None:
    for member in ("keeper", *SENDERS):
        cluster.hosts[member].wait_until_up()
    keeper = Keeper(cluster.hosts["keeper"])
    with cluster.subtest("set up"):
        keeper.set_up(["mnt-received"])
        for sender in SENDERS:
            admit_sender(cluster, keeper, sender)
    with cluster.subtest("two hosts send at once"):
        reported = {sender: send_under_load(cluster, keeper, sender) for sender in SENDERS}
        keeper.expect()
    with cluster.subtest("both are lost, and a fourth takes the place of one"):
        secret = cluster.hosts["shop"].machine.succeed(f"cat {key_of('shop')}")
        for sender in SENDERS:
            cluster.hosts[sender].machine.crash()
        restore(cluster, keeper, secret, reported["shop"])
    cluster.counts |= {name: count for name, count in keeper.host.counts.items() if name not in cluster.counts}


def key_of(sender: str) -> str:
    return f"/var/lib/dbtrfs/secrets/{sender}.key"


def admit_sender(cluster: Cluster, keeper: Keeper, sender: str) -> None:
    machine = cluster.hosts[sender].machine
    machine.succeed(f"ssh-keygen -q -t ed25519 -N '' -f {key_of(sender)}")
    know_keeper(cluster, sender)
    admit(cluster, keeper, sender, key_of(sender), sender)


def know_keeper(cluster: Cluster, member: str) -> None:
    address = cluster.addresses["keeper"]
    known = "/etc/ssh/ssh_known_hosts"
    cluster.hosts[member].machine.succeed(f"ssh-keyscan {address} 2>/dev/null > {known}; [ -s {known} ]")


def admit(cluster: Cluster, keeper: Keeper, member: str, key: str, name: str) -> None:
    """Its owner brings the public half of a member's key to the backup host."""
    public = cluster.hosts[member].machine.succeed(f"cat {key}.pub").strip()
    keeper.machine.succeed(f"echo '{public}' > /root/{name}.pub")
    keeper.admit(name, f"/root/{name}")


def send_under_load(cluster: Cluster, keeper: Keeper, sender: str) -> list[str]:
    """What was answered before the second of two snapshots was taken, which builds on the first."""
    engine = cluster.engine(sender)
    ledger = Ledger(engine, cluster.hosts[sender].channel)
    ledger.create()
    ledger.start()
    arrived(cluster, keeper, sender, take_snapshot(engine))
    time.sleep(1)
    reported = list(cluster.hosts[sender].reported())
    arrived(cluster, keeper, sender, take_snapshot(engine))
    ledger.stop()
    if not keeper.builds_on_another(sender, sender):
        raise AssertionError(f"{sender}: everything was sent again")
    return reported


def arrived(cluster: Cluster, keeper: Keeper, sender: str, name: str) -> None:
    shown = f"btrfs subvolume show {DIRECTORY}/{sender}/{sender}/{name} | grep -q 'Flags:.*readonly'"
    keeper.machine.wait_until_succeeds(shown, timeout=60)
    idle = f"[ $(systemctl is-active btrbk-dbtrfs-{sender}) = inactive ]"
    cluster.hosts[sender].machine.wait_until_succeeds(idle, timeout=60)
    cluster.count("sent")


def restore(cluster: Cluster, keeper: Keeper, secret: str, reported: list[str]) -> None:
    host = cluster.hosts["fourth"]
    host.wait_until_up()
    know_keeper(cluster, "fourth")
    # Secrets come to a new host as they came to the old one.
    host.machine.succeed(f"install -m 0600 /dev/null {key_of('shop')}; cat > {key_of('shop')} <<'KEY'\n{secret}KEY")
    with followed(host, "restore-shop-backup-host") as reader:
        reader.done("stop")
        reader.done("key")
        admit(cluster, keeper, "fourth", RESTORE_KEY, "restoreshop")
        listed = reader.done("list").split()
        if listed != keeper.names("shop", "shop"):
            raise AssertionError(f"listed: {listed}")
        reader.done("fetch", replace={"SNAPSHOT": listed[-1]})
        reader.done("restore", replace={"SNAPSHOT": listed[-1]})
        # Snapshots are named by the minute, and the lost host has used this one.
        host.machine.succeed("sleep $((61 - $(date +%-S)))")
        reader.done("resume")
    engine = cluster.engine("fourth")
    verdict = Ledger(engine, host.channel).judge(reported)
    cluster.count("acknowledged", verdict.acknowledged)
    cluster.count("missing", verdict.missing)
    if verdict.missing:
        raise AssertionError(f"{verdict.missing} of {verdict.acknowledged} acknowledged before the snapshot are missing")
    engine.check()
    cluster.must_be_as_planned("fourth")
    until("the fourth host sends on", lambda: len(keeper.names("shop", "shop")) == len(listed) + 1, 60)
    if not keeper.builds_on_another("shop", "shop"):
        raise AssertionError("after the restore everything is sent again")
    cluster.count("restores")
