"""Clones: made by members of the group and by nobody else, cut off from the original, which is not touched, ended by their
time, by their limits and by whoever made them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from clone_hygiene import prepare_original, see_hygiene
from cloned import (
    CLONES,
    KEEP,
    MEMBER,
    METRICS,
    OTHER_MEMBER,
    OUTSIDER,
    ask,
    clone_of,
    clones,
    keep,
    make_accounts,
    must_have_all,
    nothing_left,
    refused,
)
from engines import Engine, SQLite, engines
from host import Host
from layout import fill
from ledger import Ledger
from restored import take_snapshot
from verify import expect_clean

LIMITS = "/etc/dbtrfs/instances.json"


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        make_accounts(engine)
        fill(engine, host.channel)
        prepare_original(engine)
        ledger = Ledger(engine, host.channel)
        ledger.start()
        time.sleep(1)
        reported = host.reported()
        snapshot = take_snapshot(engine)
        with host.subtest("under load: made by a member, and by nobody else"):
            facts = made(host, engine, reported)
            who_may(engine)
        with host.subtest("hygiene"):
            see_hygiene(engine, clone_of(engine, facts), facts)
        with host.subtest("what a clone deletes is there in the original"):
            original_goes_on(engine, clone_of(engine, facts), ledger, host.reported)
        with host.subtest("reset, though retention deleted the snapshot"):
            reset(engine, facts, snapshot, reported)
        with host.subtest("verify and retention do not mind it"):
            not_minded(host, engine)
        with host.subtest("limits"):
            limits(engine, facts)
        with host.subtest("destroyed"):
            ask(engine, "destroy one")
            nothing_left(engine, "one")
        with host.subtest("not a byte of the original changes"):
            not_a_byte(host, engine)
        with host.subtest("killed while one is made; a restore meanwhile"):
            interrupted(host, engine)
        with host.subtest("its end, with a reboot before it"):
            ends(host, engine)


def made(host: Host, engine: Engine, reported: list[str]) -> dict[str, Any]:
    result = ask(engine, "create one --from latest --ttl 1h")
    facts: dict[str, Any] = result["clone"]
    host.counts["madeMs"] = round(1000 * result["seconds"]["made"])
    host.counts["startedMs"] = round(1000 * result["seconds"]["started"])
    must_have_all(clone_of(engine, facts), host.channel, reported)
    return facts


def who_may(engine: Engine) -> None:
    refused(engine, 3, "create two", OUTSIDER)
    refused(engine, 3, "list", OUTSIDER)
    refused(engine, 3, "destroy one", OTHER_MEMBER)
    refused(engine, 3, "reset one", OTHER_MEMBER)
    refused(engine, 3, "create one")
    refused(engine, 3, "create two --ttl 8d")
    for odd in ("create ../two", "create two --from /etc", "create two --ttl forever", "create two --database 'x y'", "destroy two"):
        refused(engine, 2, odd)
    if [clone["name"] for clone in clones(engine)] != ["one"]:
        raise AssertionError("what was refused left a clone")
    # What the client lets through is looked at again: any program may open the socket.
    raw = '{"action": "destroy", "name": "../../clones"}'
    asked = (
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('/run/dbtrfs/clones.sock'); "
        f"s.sendall(b'''{raw}\\n'''); print(s.makefile().readline())"
    )
    answer = engine.machine.succeed(f'runuser -u {MEMBER} -- python3 -c "{asked.replace(chr(34), chr(92) + chr(34))}"')
    if '"status": 2' not in answer:
        raise AssertionError(f"a bare request was answered: {answer}")


def original_goes_on(engine: Engine, clone: Engine, ledger: Ledger, reported: Callable[[], list[str]]) -> None:
    clone.sql("DELETE FROM ledger; DELETE FROM account; DROP TABLE words;")
    if not ledger.is_running():
        raise AssertionError(f"{engine.name}: the original's clients were disturbed")
    ledger.stop()
    verdict = ledger.judge(reported())
    words = engine.sql("SELECT count(*) FROM words;")
    if verdict.missing or words != "20000":
        raise AssertionError(f"{engine.name}: the original lacks {verdict.missing} transactions, and has {words} words")
    engine.host.counts["acknowledged"], engine.host.counts["missing"] = verdict.acknowledged, verdict.missing


def reset(engine: Engine, facts: dict[str, Any], snapshot: str, reported: list[str]) -> None:
    engine.machine.succeed(f"btrfs --quiet subvolume delete /var/lib/dbtrfs/snapshots/{snapshot}")
    again = ask(engine, "reset one")["clone"]
    if (again["port"], again["ends"]) != (facts["port"], facts["ends"]):
        raise AssertionError(f"a reset changed more than the data: {facts}, then {again}")
    must_have_all(clone_of(engine, again), engine.host.channel, reported)


def not_minded(host: Host, engine: Engine) -> None:
    take_snapshot(engine)
    thinning = f"btrbk-dbtrfs-{engine.name}.service"
    engine.machine.wait_until_succeeds(f"[[ $(systemctl is-active {thinning}) = inactive ]]", timeout=60)
    engine.machine.succeed(f"systemctl start {thinning}", f"test -d {CLONES}/one/data", f"test -d {CLONES}/one/base")
    expect_clean(host)
    keep(engine)
    lines = engine.machine.succeed(f"cat {METRICS}/clones-{engine.name}.prom").splitlines()
    if f'dbtrfs_clones{{database="{engine.name}"}} 1' not in lines:
        raise AssertionError(f"the metrics do not tell of the clone: {lines}")


def limits(engine: Engine, facts: dict[str, Any]) -> None:
    """One MiB in place of what the host allows."""
    engine.machine.succeed(f"cp --dereference {LIMITS} /run/limits.json")
    engine.machine.succeed(f"sed -i --follow-symlinks 's/\"spaceMiB\":[0-9]*/\"spaceMiB\":1/' {LIMITS}")
    clone = clone_of(engine, facts)
    clone.sql("CREATE TABLE more AS SELECT * FROM words;")
    clone.sql("INSERT INTO more SELECT * FROM words;")
    clone.checkpoint()
    engine.machine.succeed(f"sync -f {CLONES}")
    keep(engine)
    found = clones(engine)[0]
    if found["state"] != "stopped" or "may write 1.0 MiB" not in str(found["reason"]):
        raise AssertionError(f"a clone that wrote too much goes on: {found}")
    if isinstance(engine, SQLite):
        engine.machine.fail(f"runuser -u {MEMBER} -- touch {facts['path']}/more")
    else:
        engine.machine.fail(f"systemctl is-active --quiet {facts['unit']}")
    engine.machine.succeed(f"cat /run/limits.json > {LIMITS}")
    if ask(engine, "reset one")["clone"]["state"] != "ready":
        raise AssertionError("a reset does not bring back a clone that was stopped")


def not_a_byte(host: Host, engine: Engine) -> None:
    """The original stands still, so that whatever differs is a clone's doing."""
    mount = engine.database["mountPoint"]
    if engine.database["units"]:
        engine.stop()
    sums = f"cd {mount}; find . -path ./.dbtrfs -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum"
    before = engine.machine.succeed(sums)
    clone = clone_of(engine, ask(engine, "create still --ttl 1h")["clone"])
    clone.sql("DELETE FROM ledger; UPDATE words SET text = 'changed';")
    clone.checkpoint()
    ask(engine, "reset still")
    ask(engine, "destroy still")
    if engine.machine.succeed(sums) != before:
        raise AssertionError(f"{engine.name}: a clone changed the original's files")
    if engine.database["units"]:
        engine.start()
        host.wait_until_up()
    nothing_left(engine, "still")


def interrupted(host: Host, engine: Engine) -> None:
    machine = engine.machine
    machine.execute(
        f"runuser -u {MEMBER} -- dbtrfs-clone create half --ttl 1h >/dev/null 2>&1 & "
        f"for i in $(seq 1000); do test ! -d {CLONES}/half/base || break; sleep 0.01; done; "
        "systemctl kill --signal=KILL 'dbtrfs-clones@*.service'; wait || true"
    )
    found = [clone["state"] for clone in clones(engine) if clone["name"] == "half"]
    host.count("killedWhileMade", len(found))
    keep(engine)
    if found == ["making"]:
        nothing_left(engine, "half")
    else:
        machine.execute(f"runuser -u {MEMBER} -- dbtrfs-clone destroy half")
    lock = f"/run/dbtrfs/restore-{engine.name}.lock"
    machine.succeed(f"systemd-run --quiet --collect --unit=lab-lock --setenv=PATH=\"$PATH\" flock {lock} sleep 600; sleep 0.2")
    refused(engine, 3, "create meanwhile")
    machine.succeed("systemctl stop lab-lock")
    nothing_left(engine, "meanwhile")


def ends(host: Host, engine: Engine) -> None:
    """The timer alone ends it and brings it back: nobody starts its service here."""
    ask(engine, "create short --ttl 45s")
    kept = ask(engine, "create long --ttl 1h")["clone"]
    clone_of(engine, kept).sql("CREATE TABLE own (id INT PRIMARY KEY);")
    host.reboot()
    host.wait_until_up()
    make_accounts(engine)
    gone = "dbtrfs-clone list --json > /run/listed && ! grep -q '\"short\"' /run/listed"
    engine.machine.wait_until_succeeds(gone, timeout=180)
    nothing_left(engine, "short")
    if kept["unit"]:
        engine.machine.wait_until_succeeds(f"systemctl is-active --quiet {kept['unit']}", timeout=180)
    clone_of(engine, kept).sql("SELECT count(*) FROM own;")
    engine.machine.succeed(f"systemctl show --property=Result --value {KEEP} | grep -qx success")
    ask(engine, "destroy long")
    nothing_left(engine, "long")
    host.count("clones", 5)
