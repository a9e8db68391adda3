"""The restore drill: under load, killed in the middle, and of a snapshot that is damaged."""

from __future__ import annotations

import re
import time

from engines import Engine, SQLite, engines
from host import Host
from layout import fill
from ledger import Ledger
from restored import expect_status, take_snapshot

METRICS = "/var/lib/dbtrfs/metrics"


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        fill(engine, host.channel)
        ledger = Ledger(engine, host.channel)
        ledger.start()
        time.sleep(1)
        with host.subtest("under load"):
            succeeds(host, engine, ledger)
        with host.subtest("killed"):
            killed(engine)
        with host.subtest("a damaged snapshot"):
            damaged(engine, ledger)
        ledger.stop()


def unit(engine: Engine) -> str:
    return f"dbtrfs-drill-{engine.name}.service"


def metric(engine: Engine, name: str) -> float:
    text = engine.machine.succeed(f"cat {METRICS}/drill-{engine.name}.prom")
    match = re.search(rf'^dbtrfs_drill_{name}\{{database="{engine.name}"\}} (\S+)$', text, re.MULTILINE)
    if match is None:
        raise AssertionError(f"{engine.name}: no metric dbtrfs_drill_{name} in:\n{text}")
    return float(match[1])


def nothing_left(engine: Engine) -> None:
    mount = engine.database["mountPoint"]
    left = engine.machine.succeed(f"ls -d {mount}/.dbtrfs /run/dbtrfs/*.server 2>/dev/null || true").strip()
    if left:
        raise AssertionError(f"{engine.name}: left behind: {left}")


def succeeds(host: Host, engine: Engine, ledger: Ledger) -> None:
    take_snapshot(engine)
    engine.machine.succeed(f"systemctl start {unit(engine)}")
    if metric(engine, "success") != 1 or not ledger.is_running():
        raise AssertionError(f"{engine.name}: the drill did not succeed, or the clients were disturbed")
    host.counts["drillMs"] = round(1000 * metric(engine, "seconds"))
    nothing_left(engine)
    host.count("drills")


def killed(engine: Engine) -> None:
    """With SIGKILL for all of it nothing of the unit's own cleans up."""
    before = metric(engine, "timestamp_seconds")
    engine.machine.succeed(
        f"systemctl start --no-block {unit(engine)}",
        f"until test -d {engine.database['mountPoint']}/.dbtrfs/drill; do sleep 0.02; done",
        f"systemctl kill --signal=KILL {unit(engine)}",
    )
    engine.machine.wait_until_succeeds(f"systemctl is-failed --quiet {unit(engine)}", timeout=30)
    if metric(engine, "timestamp_seconds") != before:
        raise AssertionError(f"{engine.name}: a killed drill counts as a success")
    engine.machine.succeed(f"systemctl start {unit(engine)}")
    nothing_left(engine)


def damaged(engine: Engine, ledger: Ledger) -> None:
    snapshot = take_snapshot(engine)
    path = f"/var/lib/dbtrfs/snapshots/{snapshot}"
    engine.machine.succeed(f"btrfs property set -f -ts {path} ro false", damage(engine, path), f"btrfs property set -ts {path} ro true")
    before = metric(engine, "timestamp_seconds")
    engine.machine.fail(f"systemctl start {unit(engine)}")
    engine.machine.succeed(f"systemctl is-failed --quiet {unit(engine)}")
    if metric(engine, "success") != 0 or metric(engine, "timestamp_seconds") != before:
        raise AssertionError(f"{engine.name}: the damaged snapshot counts as a success")
    nothing_left(engine)
    # Nor does it take the place of the database, which does not notice.
    expect_status(engine, 1, f"--at {snapshot} --in-place --yes")
    nothing_left(engine)
    if not ledger.is_running():
        raise AssertionError(f"{engine.name}: the clients were disturbed by a restore that failed")


def damage(engine: Engine, snapshot: str) -> str:
    """Zeros in the middle of the largest file of tables, as far as that engine writes through its own checks."""
    data = snapshot + engine.database["dataDirectory"].removeprefix(engine.database["mountPoint"])
    where = {"SQLite": f"{data}/lab.db", "PostgreSQL": f"{data}/base"}.get(type(engine).__name__, f"{data}/lab")
    largest = f"$(find {where} -type f -printf '%s %p\\n' | sort -rn | head -n 1 | cut -d' ' -f2)"
    size = 4096 if isinstance(engine, SQLite) else 16384
    return f"dd if=/dev/urandom of={largest} bs={size} seek=8 count=4 conv=notrunc status=none"
