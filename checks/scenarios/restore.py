"""A snapshot restored beside the running database, which goes on; then in its place, with the old state kept."""

from __future__ import annotations

import time

from compare import differences
from engines import Engine, SQLite, engines
from host import Host
from layout import fill
from ledger import Ledger
from restored import (
    expect_status,
    flags_must_be_planned,
    has_later,
    mark_later,
    must_be_sound,
    must_go_on,
    nothing_left,
    restore,
    snapshot_must_be_sound,
    take_snapshot,
)
from snapshot_unit import snapshots_of
from snapshot_ways import TOP, mount_top

RECEIVED = f"{TOP}/lab-received"
ELSEWHERE = f"{TOP}/lab-elsewhere"


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        mount_top(engine)
        fill(engine, host.channel)
        ledger = Ledger(engine, host.channel)
        ledger.start()
        time.sleep(1)
        before = host.reported()
        snapshot = take_snapshot(engine)
        with host.subtest("beside, under load"):
            beside(host, engine, ledger, before)
        with host.subtest("in place, under load"):
            in_place(host, engine, ledger, snapshot, before)
        with host.subtest("what cannot be is refused"):
            refusals(engine)


def beside(host: Host, engine: Engine, ledger: Ledger, before: list[str]) -> None:
    result = restore(engine, "--at latest")
    if not ledger.is_running():
        raise AssertionError(f"{engine.name}: the clients of the running database were disturbed")
    flags_must_be_planned(host, engine, result["at"])
    must_be_sound(engine, result["at"], before)
    engine.machine.succeed(result["remove"])
    host.counts["besideMs"] = round(1000 * sum(result["seconds"].values()))
    received_elsewhere(host, engine, before)
    nothing_left(engine)


def received_elsewhere(host: Host, engine: Engine, before: list[str]) -> None:
    """What was sent has lost +C, and the copy has it again."""
    newest = snapshots_of(engine)[-1]
    engine.machine.succeed(f"mkdir {RECEIVED}; btrfs --quiet send {newest} | btrfs --quiet receive {RECEIVED}")
    kept = f"find {RECEIVED} -type f -size +64k -exec lsattr {{}} + | grep -c '^[^ ]*C' || true"
    if engine.machine.succeed(kept).strip() != "0":
        raise AssertionError("send and receive kept +C: this shows nothing")
    result = restore(engine, f"--from {RECEIVED} --at latest --to {ELSEWHERE}")
    flags_must_be_planned(host, engine, ELSEWHERE)
    must_be_sound(engine, ELSEWHERE, before)
    engine.machine.succeed(result["remove"], f"btrfs --quiet subvolume delete {RECEIVED}/*; rmdir {RECEIVED}")


def in_place(host: Host, engine: Engine, ledger: Ledger, snapshot: str, before: list[str]) -> None:
    mark_later(engine)
    if isinstance(engine, SQLite):
        # The clients are no unit of the database's, and none writes into a file that is replaced.
        ledger.stop()
    result = restore(engine, f"--at {snapshot} --in-place --yes")
    ledger.stop()
    reported = host.reported()
    host.wait_until_up()
    verdict = ledger.judge(before)
    host.counts["acknowledged"], host.counts["missing"] = verdict.acknowledged, verdict.missing
    if verdict.missing or has_later(engine):
        raise AssertionError(f"{engine.name}: {verdict.missing} transactions are missing; later: {has_later(engine)}")
    engine.check()
    must_go_on(ledger)
    if found := differences(host):
        raise AssertionError("not as planned:\n" + "\n".join(found))
    nothing_left(engine)
    host.counts["inPlaceMs"] = round(1000 * sum(result["seconds"].values()))
    host.counts["downMs"] = round(1000 * result["seconds"]["down"])
    kept_state(engine, result["kept"], reported)


def kept_state(engine: Engine, kept: str, reported: list[str]) -> None:
    """It is read-only, outlives retention, and has what was acknowledged up to the end."""
    engine.machine.succeed(f"btrfs property get -ts {kept} ro | grep -qx ro=true")
    thinning = f"btrbk-dbtrfs-{engine.name}.service"
    engine.machine.wait_until_succeeds(f"[[ $(systemctl is-active {thinning}) = inactive ]]", timeout=60)
    engine.machine.succeed(f"systemctl start {thinning}")
    snapshot_must_be_sound(engine, kept, reported)
    restore(engine, f"--at {kept.rsplit('/', 1)[1]} --in-place --yes --check quick")
    if not has_later(engine):
        raise AssertionError(f"{engine.name}: the old state did not come back")


def refusals(engine: Engine) -> None:
    expect_status(engine, 2, "--at 1999-12-31")
    expect_status(engine, 2, "--at yesterday-ish")
    expect_status(engine, 3, "--at latest --in-place </dev/null")
    expect_status(engine, 3, "--at latest --to /var")
    lock = f"/run/dbtrfs/restore-{engine.name}.lock"
    engine.machine.succeed(f"systemd-run --quiet --collect --unit=lab-lock --setenv=PATH=\"$PATH\" flock {lock} sleep 600; sleep 0.2")
    expect_status(engine, 3, "--at latest")
    engine.machine.succeed("systemctl stop lab-lock")
