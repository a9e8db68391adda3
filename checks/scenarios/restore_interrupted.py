"""Restores in place that do not come to their end: killed at steps all along, and cut off from power. What is there
then is the old database or the new one, whole; and the next run leaves nothing of the interrupted one behind."""

from __future__ import annotations

import time
from pathlib import Path

from engines import Engine, engines
from host import Host, PowerCut
from layout import fill
from ledger import Ledger
from restored import has_later, mark_later, nothing_left, snapshot_must_be_sound, take_snapshot
from snapshot_ways import mount_top

KILLED_AT = "/run/lab-killed-at.py"
TICK = "tick"
OPTIONS = "--in-place --yes --check quick"


def run(host: Host) -> None:
    host.wait_until_up()
    engine = engines(host)[0]
    fill(engine, host.channel)
    ledger = Ledger(engine, host.channel)
    with host.subtest("killed"):
        killed(host, engine, ledger)
    with host.subtest("cut off from power"):
        cut_off(host, engine, ledger)


def killed(host: Host, engine: Engine, ledger: Ledger) -> None:
    program = (Path(__file__).parent / "killed_at.py").read_text()
    engine.machine.succeed(f"cat > {KILLED_AT} <<'END'\n{program}\nEND")
    mount_top(engine)
    ledger.start()
    time.sleep(1)
    before = host.reported()
    snapshot = take_snapshot(engine)
    ledger.stop()
    restore = f"--at {snapshot} {OPTIONS}"
    steps = int(engine.machine.succeed(f"python3 {KILLED_AT} 0 {engine.name} {restore}").splitlines()[-1])
    host.counts["steps"] = steps
    wanted = int(host.options.get("cuts", 12))
    for number in range(wanted):
        mark_later(engine)
        # Closer to one another towards the end, where the exchange is.
        at = 1 + round((number / max(1, wanted - 1)) ** 0.5 * (steps - 1))
        status, _ = engine.machine.execute(f"python3 {KILLED_AT} {at} {engine.name} {restore}")
        if status not in (137, -9):
            raise AssertionError(f"killed at step {at} of {steps}: exit status {status}")
        after_kill(engine, ledger, before, f"killed at step {at} of {steps}")
        host.count("kills")
        engine.machine.succeed(f"dbtrfs-restore {engine.name} {restore}")
        # What was interrupted behind the exchange is finished first, and restored once more.
        if has_later(engine):
            raise AssertionError(f"killed at step {at} of {steps}: the next run did not restore")
        nothing_left(engine)
        forget_kept(engine)


def after_kill(engine: Engine, ledger: Ledger, before: list[str], when: str) -> None:
    """The units run, or a person starts them; nothing else is done."""
    engine.machine.succeed(f"systemctl start {' '.join(engine.database['units'])}")
    verdict = ledger.judge(before)
    if verdict.missing:
        raise AssertionError(f"{when}: {verdict.missing} transactions are missing")
    engine.check()
    engine.host.count("foundOld" if has_later(engine) else "foundNew")


def cut_off(host: Host, engine: Engine, ledger: Ledger) -> None:
    before: list[str] = []

    def load() -> None:
        host.wait_until_up()
        ledger.start()
        time.sleep(1)
        before[:] = host.reported()
        engine.machine.succeed(f"systemctl start dbtrfs-snapshot-{engine.name}.service; sleep 0.5")
        ledger.stop()
        # The exchange is short and writes little: most moments are chosen from when the database has stopped.
        preparing = f"grep -qs prepare {engine.database['mountPoint']}/.dbtrfs/restore.json"
        tick = f"echo {TICK} > {host.channel}; if {preparing}; then sleep 0.2; else sleep 0.01; fi"
        restore = f"dbtrfs-restore {engine.name} --at latest {OPTIONS}"
        engine.machine.succeed(f"(while :; do {tick}; done) & ticker=$!; {restore}; kill $ticker")

    host.options["ticks"] = TICK
    for cut in host.power_cuts(load, int(host.options.get("cuts", 12))):
        host.wait_until_up()
        mount_top(engine)
        after_cut(engine, ledger, cut, before)
        host.count("cuts")
        host.count("droppedWrites", cut.dropped)


def after_cut(engine: Engine, ledger: Ledger, cut: PowerCut, before: list[str]) -> None:
    """Where something acknowledged is missing, the snapshot has taken over, and the old state has it."""
    missing = ledger.judge(cut.acknowledged).missing
    engine.check()
    kept = engine.machine.succeed(f"ls -d /var/lib/dbtrfs/snapshots/{engine.name}.before-restore.* || true").split()
    engine.host.count("cutNew" if missing else "cutOld")
    if missing:
        if not kept or ledger.judge([line for line in before if line in set(cut.acknowledged)]).missing:
            raise AssertionError(f"{engine.name}: neither the old database nor the snapshot; kept: {kept}")
        snapshot_must_be_sound(engine, kept[-1], cut.acknowledged)
    engine.machine.succeed(f"dbtrfs-restore {engine.name} --resume")
    nothing_left(engine)


def forget_kept(engine: Engine) -> None:
    engine.machine.succeed(f"btrfs --quiet subvolume delete /var/lib/dbtrfs/snapshots/{engine.name}.before-restore.* || true")
