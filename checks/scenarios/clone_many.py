"""Many clones at once of a database of some size, under load: how long each takes, what it takes of the disk, and what it
costs the original. Options: size (GiB), clones, seconds of each measurement."""

from __future__ import annotations

import json
import time
from typing import Any

from clone_load import fill_to, rate, write_to
from cloned import CLONES, MEMBER, ask, clone_of, clones, keep, make_accounts, nothing_left
from engines import Engine, engines
from host import Host
from ledger import Ledger
from restored import take_snapshot

MIB = 1 << 20


def run(host: Host) -> None:
    host.wait_until_up()
    seconds = int(host.options.get("seconds", 20))
    for engine in engines(host):
        make_accounts(engine)
        ledger = Ledger(engine, host.channel)
        ledger.create()
        with host.subtest("filled"):
            host.counts["sizeMiB"] = fill_to(engine, float(host.options.get("size", 2)))
        allow_many(engine)
        # What filling it left to be written would be counted as the clones' doing.
        engine.machine.succeed("sync; sleep 10")
        take_snapshot(engine)
        ledger.start()
        with host.subtest("the original alone"):
            host.counts["perSecondAlone"] = rate(host, engine, seconds)
        with host.subtest("made at once, under load"):
            made_at_once(host, engine, int(host.options.get("clones", 10)))
        with host.subtest("idle clones"):
            host.counts["perSecondBesideIdle"] = rate(host, engine, seconds)
            host.counts["idleMiBEach"] = own_mib(engine)
        with host.subtest("clones that write"):
            besides_writers(host, engine, seconds)
        with host.subtest("destroyed"):
            destroyed(host, engine)
        with host.subtest("the original alone again"):
            host.counts["perSecondAfter"] = rate(host, engine, seconds)
        ledger.stop()


def allow_many(engine: Engine) -> None:
    """More than the plan gives a host of this size, so that what they cost shows."""
    limits = "/etc/dbtrfs/instances.json"
    engine.machine.succeed(f"sed -i --follow-symlinks 's/\"most\":[0-9]*/\"most\":100/' {limits}")


def made_at_once(host: Host, engine: Engine, count: int) -> None:
    began = time.monotonic()
    names = " ".join(f"many{i}" for i in range(count))
    engine.machine.succeed(
        f"rm -rf /run/made; install -d -o {MEMBER} /run/made; for name in {names}; do "
        f"runuser -u {MEMBER} -- sh -c \"dbtrfs-clone create $name --ttl 1h --json > /run/made/$name\" & done; "
        "for job in $(jobs -p); do wait $job; done"
    )
    host.counts["allMs"] = round(1000 * (time.monotonic() - began))
    results = [json.loads(engine.machine.succeed(f"cat /run/made/many{i}")) for i in range(count)]
    for step in ("made", "started"):
        times = sorted(round(1000 * result["seconds"][step]) for result in results)
        host.counts[f"{step}MedianMs"], host.counts[f"{step}LongestMs"] = times[len(times) // 2], times[-1]
    host.counts["clones"] = len(results)


def besides_writers(host: Host, engine: Engine, seconds: int) -> None:
    found = clones(engine)
    units = [write_to(clone_of(engine, facts), facts["name"]) for facts in found]
    host.counts["perSecondBesideWriters"] = rate(host, engine, seconds)
    engine.machine.succeed(f"systemctl stop {' '.join(units)}")
    host.counts["writtenMiBEach"] = own_mib(engine)


def own_mib(engine: Engine) -> float:
    """What a clone takes for itself, on average."""
    engine.machine.succeed(f"sync -f {CLONES}")
    sizes = [facts["bytes"] for facts in clones(engine)]
    return round(sum(sizes) / len(sizes) / MIB, 1)


def destroyed(host: Host, engine: Engine) -> None:
    names = [facts["name"] for facts in clones(engine)]
    began = time.monotonic()
    for name in names:
        result: dict[str, Any] = ask(engine, f"destroy {name}")
        assert result["destroyed"] == name
        nothing_left(engine, name)
    host.counts["destroyMs"] = round(1000 * (time.monotonic() - began) / max(1, len(names)))
    keep(engine)
    if engine.machine.succeed(f"ls {CLONES}").strip():
        raise AssertionError("something of the clones is left")
