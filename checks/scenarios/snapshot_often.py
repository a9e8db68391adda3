"""A snapshot every few seconds by the host's own timer, under load, for minutes: none fails, none overlaps another, and
those that are left at the end start."""

from __future__ import annotations

import time

from engines import Engine, engines
from host import Host
from ledger import Ledger
from snapshot_unit import judge, snapshots_of
from snapshot_ways import mount_top

SECONDS_BETWEEN = 5


def run(host: Host) -> None:
    host.wait_until_up()
    minutes = float(host.options.get("minutes", 1))
    for engine in engines(host):
        ledger = Ledger(engine, host.channel)
        ledger.create()
        mount_top(engine)
        ledger.start()
        with host.subtest(f"{minutes:g} minutes"):
            speed_up_timer(engine)
            taken, longest = watch(engine, minutes * 60)
        # Behind the clients' back, so that what is compared with the snapshot was reported before it.
        engine.machine.succeed(f"systemctl stop dbtrfs-snapshot-{engine.name}.timer")
        # A run that goes on is "activating"; the next start would be part of it, and its snapshot older than what is asked for.
        engine.machine.wait_until_succeeds(f"[ $(systemctl is-active dbtrfs-snapshot-{engine.name}.service) = inactive ]", timeout=60)
        reported = host.reported()
        engine.machine.succeed(f"systemctl start dbtrfs-snapshot-{engine.name}.service")
        ledger.stop()
        judge(engine, reported)
        host.count("snapshots", taken)
        host.counts["longestRunMs"] = round(longest * 1000)
        # The timer may be late by its accuracy and by the run before.
        if taken < minutes * 60 / SECONDS_BETWEEN * 0.7:
            raise AssertionError(f"{engine.name}: only {taken} snapshots in {minutes:g} minutes")


def speed_up_timer(engine: Engine) -> None:
    timer = f"dbtrfs-snapshot-{engine.name}.timer"
    folder = f"/etc/systemd/system/{timer}.d"
    text = f"[Timer]\\nOnCalendar=\\nOnCalendar=*:*:0/{SECONDS_BETWEEN}\\nAccuracySec=100ms\\n"
    engine.machine.succeed(f"mkdir -p {folder}; printf '{text}' > {folder}/often.conf; systemctl daemon-reload; systemctl restart {timer}")


def watch(engine: Engine, seconds: float) -> tuple[int, float]:
    """How many snapshots there are after so long, and how long the longest run was; raises where one has failed."""
    unit = f"dbtrfs-snapshot-{engine.name}.service"
    before = len(snapshots_or_none(engine))
    longest = 0.0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(1)
        for failed in (unit, f"btrbk-dbtrfs-{engine.name}.service"):
            if engine.machine.execute(f"systemctl is-failed --quiet {failed}")[0] == 0:
                raise AssertionError(engine.machine.succeed(f"journalctl --no-pager --lines=20 --unit={failed}"))
        longest = max(longest, seconds_of_last_run(engine))
    return len(snapshots_or_none(engine)) - before, longest


def snapshots_or_none(engine: Engine) -> list[str]:
    try:
        return snapshots_of(engine)
    except Exception:
        return []


def seconds_of_last_run(engine: Engine) -> float:
    lines = engine.machine.execute(f"grep '^dbtrfs_snapshot_seconds' /var/lib/dbtrfs/metrics/snapshot-{engine.name}.prom")[1]
    return float(lines.split()[-1]) if lines else 0.0
