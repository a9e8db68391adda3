"""Old snapshots go by the plan's rule, and the newest stay: two months of daily ones, thinned out by the host's unit."""

from __future__ import annotations

import datetime
import re

from engines import Engine, engines
from host import Host
from snapshot_unit import snapshot_directory, snapshots_of

DAYS = 60


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        engine.machine.succeed(f"systemctl start dbtrfs-snapshot-{engine.name}.service")
        newest = snapshots_of(engine)[-1]
        # It was started by the snapshot; a start now would only join that run, which has listed what there was.
        thinning = f"btrbk-dbtrfs-{engine.name}.service"
        engine.machine.wait_until_succeeds(f"[[ $(systemctl is-active {thinning}) = inactive ]]", timeout=60)
        days = pretend_past(engine, newest)
        engine.machine.succeed(f"systemctl start {thinning}")
        left = snapshots_of(engine)
        judge(engine, left, newest, days)
        host.count("kept", len(left))
        host.count("deleted", DAYS + 1 - len(left))


def pretend_past(engine: Engine, newest: str) -> list[str]:
    """One snapshot a day under the names that they would have; newest first."""
    today = datetime.datetime.fromisoformat(engine.machine.succeed("date --iso-8601=seconds").strip())
    names = []
    for age in range(1, DAYS + 1):
        stamp = (today - datetime.timedelta(days=age)).strftime("%Y%m%dT%H%M")
        names.append(f"{snapshot_directory(engine)}/{engine.name}.{stamp}")
    engine.machine.succeed(*[f"btrfs --quiet subvolume snapshot -r {newest} {name}" for name in names])
    return names


def judge(engine: Engine, left: list[str], newest: str, days: list[str]) -> None:
    keep = engine.database["snapshots"]["keep"]
    windows = {unit: int(count) for count, unit in re.findall(r"(\d+)([hdwmy])", keep)}
    if newest not in left:
        raise AssertionError(f"{engine.name}: the newest snapshot is gone")
    missing = [name for name in days[: windows.get("d", 0) - 1] if name not in left]
    if missing:
        raise AssertionError(f"{engine.name}: gone, though {keep} keeps them: {missing}")
    most = sum(windows.values()) + 2
    if len(left) > most:
        raise AssertionError(f"{engine.name}: {len(left)} snapshots are left, and {keep} keeps {most} at most")
