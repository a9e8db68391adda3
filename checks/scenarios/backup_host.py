"""A host that keeps the backups of two others, and a restore from there onto an empty host by its runbook.

One machine stands for all four: the first host is the plan's, with its units and its server, the second a filesystem with
btrbk, the third the backup host's filesystem behind sshd, and the fourth the first after everything on it was deleted. So
what is not shown is another kernel at the other end, a network that loses packets, and the installation of a new host.
"""

from __future__ import annotations

from backup_keeper import DIRECTORY, Keeper, SecondSender
from engines import Engine, engines
from host import Host
from ledger import Ledger
from restored import take_snapshot
from retention import DAYS
from runbook import followed

MIB = 1 << 20
OWN_KEY = "/var/lib/dbtrfs/secrets/lab.key"


def run(host: Host) -> None:
    host.wait_until_up()
    engine = engines(host)[0]
    keeper = Keeper(host)
    second = SecondSender(host, keeper)
    ledger = Ledger(engine, host.channel)
    ledger.create()
    with host.subtest("set up"):
        keeper.set_up()
        keeper.make_key("lab", OWN_KEY)
        second.set_up()
    with host.subtest("two hosts send"):
        two_hosts_send(engine, ledger, keeper, second)
    with host.subtest("a key opens nothing else"):
        refused(keeper, second)
    with host.subtest("a broken transfer"):
        broken_transfer(keeper, second)
    with host.subtest("a limit"):
        limit(keeper, second)
    with host.subtest("retention"):
        retention(keeper, second)
    with host.subtest("a host whose backups stop"):
        stopped(keeper, second)
    with host.subtest("what was received starts"):
        starts(host, keeper)
    with host.subtest("restore to a new host"):
        restore(host, engine, ledger, keeper)


def send(engine: Engine, keeper: Keeper) -> str:
    """The name of a snapshot that has arrived."""
    name = take_snapshot(engine)
    arrived = f"dbtrfs-received verify >&2; btrfs subvolume show {DIRECTORY}/lab/lab/{name} | grep -q 'Flags:.*readonly'"
    engine.machine.wait_until_succeeds(arrived, timeout=60)
    engine.machine.wait_until_succeeds("[ $(systemctl is-active btrbk-dbtrfs-lab) = inactive ]", timeout=60)
    keeper.host.count("sent")
    return name


def two_hosts_send(engine: Engine, ledger: Ledger, keeper: Keeper, second: SecondSender) -> None:
    ledger.start()
    send(engine, keeper)
    send(engine, keeper)
    ledger.stop()
    second.write(40)
    for when in ("-2 minutes", "-1 minute"):
        second.snapshot(when)
        if second.run() != 0:
            raise AssertionError("the second host could not send")
        keeper.host.count("sent")
    for sender, database in (("lab", "lab"), ("second", "files")):
        if len(keeper.names(sender, database)) != 2 or not keeper.builds_on_another(sender, database):
            raise AssertionError(f"{sender}: {keeper.names(sender, database)}, and the last is not incremental")
    keeper.expect()


def refused(keeper: Keeper, second: SecondSender) -> None:
    of_first = f"{DIRECTORY}/lab/lab/{keeper.names('lab', 'lab')[0]}"
    own = f"{DIRECTORY}/second/files/{keeper.names('second', 'files')[0]}"
    before = [keeper.names("lab", "lab"), keeper.names("second", "files")]
    commands = (
        f"sudo -n btrfs subvolume delete {own}",
        f"sudo -n btrfs subvolume delete {of_first}",
        f"sudo -n btrfs send {own}",
        f"sudo -n btrfs subvolume show {of_first}",
        f"sudo -n btrfs receive {DIRECTORY}/lab/lab/",
        f"sudo -n btrfs receive {DIRECTORY}/second/files/../../lab/lab",
        f"sudo -n btrfs subvolume snapshot {own} /mnt/received/second/mine",
        f"\"sudo -n readlink -e '{DIRECTORY}/second/files' | cat /etc/passwd\"",
        f"\"sudo -n readlink -e '{DIRECTORY}/second/files'; id\"",
        f"\"sudo -n readlink -e '{DIRECTORY}/second/files' \\$(id)\"",
        "list files",
        "send files latest",
        "cat /etc/passwd",
        "/opt/packages/dbtrfs/bin/dbtrfs-receive lab restore list",
        "",
    )
    for command in commands:
        status, output = second.ask(f"{command} < /dev/null")
        if status == 0 or "dbtrfs-receive: " not in output:
            raise AssertionError(f"{command}: {status}, {output}")
        keeper.host.count("refused")
    _, listed = second.ask("sudo -n btrfs subvolume list -a -c -u -q -R /mnt/received")
    # The guest does not resolve its own name, which sudo says.
    paths = [line for line in listed.splitlines() if not line.startswith("sudo: ")]
    if any("lab" in path for path in paths) or not any("second/files" in path for path in paths):
        raise AssertionError(f"the second host sees:\n{listed}")
    status, _ = second.forge("../../../lab/lab/planted")
    second.machine.succeed(f"[ {status} != 0 ] && ! find {DIRECTORY} / -xdev -name planted | grep .")
    if keeper.expect("changed").subjects != ["second/files/forged"]:
        raise AssertionError("what the forged stream made is not reported")
    keeper.machine.succeed("systemctl start dbtrfs-received-thin.service")
    if [keeper.names("lab", "lab"), keeper.names("second", "files")] != before:
        raise AssertionError("something has changed")
    keeper.expect()


def broken_transfer(keeper: Keeper, second: SecondSender) -> None:
    second.write(40)
    name = second.snapshot("now")
    status, output = second.send_by_hand(name, f"{DIRECTORY}/second/files", "head -c 20M")
    if status == 0:
        raise AssertionError(f"half a transfer succeeded: {output}")
    if keeper.expect("partial").subjects != [f"second/files/{name}"]:
        raise AssertionError("another transfer is reported than the one that broke")
    if second.run() != 0 or name not in keeper.names("second", "files"):
        raise AssertionError("the next run did not send what had broken off")
    keeper.expect()
    keeper.host.count("broken")


def limit(keeper: Keeper, second: SecondSender) -> None:
    """At the limit of one host the other goes on, and there is room again once it sends less."""
    keeper.set_limit("second", 140 * MIB)
    second.write(200, "large")
    name = second.snapshot("+1 minute")
    if second.run() == 0:
        raise AssertionError("200 MiB went into 140 MiB")
    if name in keeper.names("second", "files"):
        raise AssertionError("what did not fit is still there")
    second.forget(name)
    second.machine.succeed("rm /mnt/second/data/large")
    second.write(1, "small")
    second.snapshot("+2 minutes")
    if second.run() != 0:
        raise AssertionError("nothing fits any more")
    keeper.machine.succeed("systemctl start dbtrfs-received-thin.service")
    keeper.set_limit("second", 8 << 30)
    keeper.expect()
    keeper.host.count("limits")


def retention(keeper: Keeper, second: SecondSender) -> None:
    for age in range(1, DAYS + 1):
        name = second.snapshot(f"-{age} days")
        status, output = second.send_by_hand(name, f"{DIRECTORY}/second/files")
        if status != 0:
            raise AssertionError(f"{name}: {output}")
    before = keeper.names("second", "files")
    keeper.machine.succeed("systemctl start dbtrfs-received-thin.service")
    left = keeper.names("second", "files")
    missing = [name for name in before[-14:] if name[:14] not in {kept[:14] for kept in left}]
    # 24h 14d 4w: at most that many, and the newest.
    if left[-1] != before[-1] or missing or not 15 <= len(left) <= 24 + 14 + 4 + 1:
        raise AssertionError(f"left: {left}; gone too early: {missing}")
    keeper.host.counts["kept"], keeper.host.counts["thinned"] = len(left), len(before) - len(left)


def stopped(keeper: Keeper, second: SecondSender) -> None:
    """Nothing but what is older than every window: it is reported, and stays."""
    old = second.snapshot("-700 days")
    second.send_by_hand(old, f"{DIRECTORY}/second/files")
    for name in keeper.names("second", "files")[1:]:
        keeper.machine.succeed(f"btrfs --quiet subvolume delete {DIRECTORY}/second/files/{name}")
    keeper.machine.succeed("systemctl start dbtrfs-received-thin.service")
    if keeper.names("second", "files") != [old]:
        raise AssertionError(f"the last backup of a host that stopped: {keeper.names('second', 'files')}")
    if keeper.expect("age").subjects != ["second/files"]:
        raise AssertionError("a backup that is too old is not reported")
    keeper.machine.succeed(
        "! systemctl start dbtrfs-received-verify.service",
        "grep -qxF 'dbtrfs_received_findings{check=\"age\"} 1' /var/lib/dbtrfs/metrics/received.prom",
    )
    second.snapshot("+3 minutes")
    if second.run() != 0:
        raise AssertionError("the second host could not send again")
    keeper.expect()


def starts(host: Host, keeper: Keeper) -> None:
    host.machine.succeed("systemctl start dbtrfs-received-check.service")
    host.machine.succeed("grep -q '^dbtrfs_received_check_success{.*} 1$' '/var/lib/dbtrfs/metrics/received-check-lab.lab.prom'")
    host.machine.succeed(f"[ -z \"$(ls {DIRECTORY}/.check)\" ]")
    host.count("checked")


def restore(host: Host, engine: Engine, ledger: Ledger, keeper: Keeper) -> None:
    ledger.start()
    host.machine.succeed("sleep 1.5")
    reported = host.reported()
    last = send(engine, keeper)
    ledger.stop()
    become_new(engine)
    with followed(host, f"restore-{engine.name}-backup-host") as reader:
        reader.done("stop")
        reader.done("key")
        keeper.admit("restore", "/root/restore-lab.key")
        listed = reader.done("list").split()
        if listed != keeper.names("lab", "lab") or listed[-1] != last:
            raise AssertionError(f"listed: {listed}")
        chosen = {"SNAPSHOT": last}
        reader.done("fetch", replace=chosen)
        reader.done("restore", replace=chosen)
        reader.done("resume")
    verdict = ledger.judge(reported)
    if verdict.missing:
        raise AssertionError(f"{verdict.missing} of {verdict.acknowledged} acknowledged before the snapshot are missing")
    engine.check()
    host.count("acknowledged", verdict.acknowledged)
    host.count("missing", verdict.missing)
    host.machine.wait_until_succeeds(f"[ $(ls {DIRECTORY}/lab/lab | wc -l) = {len(listed) + 1} ] && dbtrfs-received verify lab", timeout=60)
    if not keeper.builds_on_another("lab", "lab"):
        raise AssertionError("after the restore everything is sent again")
    host.count("restores")


def become_new(engine: Engine) -> None:
    """What a plan leaves on new disks: empty directories with their flags, no snapshot, and a server that begins anew."""
    engine.stop()
    mount = engine.database["mountPoint"]
    engine.machine.succeed(
        "for s in /var/lib/dbtrfs/snapshots/*; do btrfs --quiet subvolume delete $s; done",
        f"find {mount} -mindepth 1 ! -type d -delete",
    )
    for directory in engine.database["directories"]:
        if directory["component"] != "subvolume":
            engine.machine.succeed(f"find {directory['path']} -mindepth 1 -delete")
    engine.start()
