"""A snapshot's unit that hangs, dies or finds the disk full while the log's filesystem is frozen: the log thaws, commits
go on, and nothing half-made is left."""

from __future__ import annotations

import time

from engines import Engine, engines
from full_disk import fill_data, filler_folder
from host import Host
from ledger import Ledger
from snapshot_unit import snapshot_directory
from snapshot_ways import log_filesystem

# The module's default of snapshots.maxPause.
MAX_PAUSE = 10


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        if log_filesystem(engine) is None:
            raise AssertionError(f"{engine.name}: this needs a log on its own filesystem")
        ledger = Ledger(engine, host.channel)
        ledger.create()
        ledger.start()
        for _ in range(int(host.options.get("snapshots", 3))):
            with host.subtest("SIGSTOP while frozen"):
                hang(engine)
                goes_on(engine, ledger)
            for signal in ("KILL", "TERM"):
                with host.subtest(f"SIG{signal} while frozen"):
                    die(engine, signal)
                    goes_on(engine, ledger)
        with host.subtest("no room for the copy"):
            run_full(engine)
        ledger.stop()
        next_one_succeeds(engine)


def unit(engine: Engine) -> str:
    return f"dbtrfs-snapshot-{engine.name}.service"


def thaw_timer(engine: Engine) -> str:
    return f"dbtrfs-thaw-{engine.name}.timer"


def unfinished(engine: Engine) -> str:
    return f"{snapshot_directory(engine)}/.{engine.name}.unfinished"


def stop_while_frozen(engine: Engine) -> None:
    """The data's snapshot is made once the log is frozen, so its appearance is the moment to stop every process of the
    unit. Tries until it was in time."""
    log = log_filesystem(engine)
    for _ in range(20):
        engine.machine.succeed(f"systemctl reset-failed {unit(engine)} || true; systemctl start --no-block {unit(engine)}")
        engine.machine.succeed(
            f"until [ -d {unfinished(engine)} ]; do sleep 0.001; done; systemctl kill --signal=STOP {unit(engine)}",
            timeout=60,
        )
        # Freezing what is frozen already fails.
        if engine.machine.execute(f"fsfreeze --freeze {log} && fsfreeze --unfreeze {log}")[0] != 0:
            return
        engine.machine.execute(f"systemctl kill --signal=CONT {unit(engine)}")
        wait_until_over(engine)
    raise AssertionError(f"{engine.name}: the unit was never caught while the log was frozen")


def hang(engine: Engine) -> None:
    stop_while_frozen(engine)
    waited = until_thawed(engine, "longestHangMs")
    if waited > MAX_PAUSE + 5:
        raise AssertionError(f"{engine.name}: frozen for {waited:.1f} s")
    engine.machine.succeed(f"systemctl kill --signal=CONT {unit(engine)}")
    wait_until_over(engine)
    expect_nothing(engine)
    engine.host.count("thawedByTimer")


def die(engine: Engine, signal: str) -> None:
    """By the signal and not by the timer, which must still be waiting when the log is thawed."""
    stop_while_frozen(engine)
    # Attempts that came too late for the freeze have made snapshots of their own.
    before = snapshots(engine)
    engine.machine.succeed(f"systemctl kill --signal={signal} {unit(engine)}")
    # What is stopped takes SIGTERM when it goes on.
    engine.machine.execute(f"systemctl kill --signal=CONT {unit(engine)}")
    until_thawed(engine, f"longestAfter{signal.capitalize()}Ms")
    engine.machine.succeed(f"systemctl is-active --quiet {thaw_timer(engine)}")
    wait_until_over(engine)
    if snapshots(engine) != before:
        raise AssertionError(f"{engine.name}: a snapshot came of a unit that was given SIG{signal}")
    engine.host.count(f"thawedAfter{signal.capitalize()}")


def until_thawed(engine: Engine, counted: str) -> float:
    """Seconds; a write waits for the thaw."""
    began = time.monotonic()
    engine.machine.succeed(f"touch {log_filesystem(engine)}/lab-probe", timeout=120)
    waited = time.monotonic() - began
    engine.host.counts[counted] = max(round(waited * 1000), int(engine.host.counts.get(counted, 0)))
    return waited


def run_full(engine: Engine) -> None:
    before = snapshots(engine)
    folder = filler_folder(engine)
    fill_data(engine.machine, folder)
    engine.machine.execute(f"systemctl start {unit(engine)}")
    engine.machine.succeed(f"touch {log_filesystem(engine)}/lab-probe", timeout=30)
    if snapshots(engine) != before:
        raise AssertionError(f"{engine.name}: a snapshot without its log")
    engine.machine.succeed(f"rm -rf {folder}")
    engine.host.count("thawedWithDiskFull")


def snapshots(engine: Engine) -> str:
    return engine.machine.succeed(f"ls -d {snapshot_directory(engine)}/{engine.name}.* 2>/dev/null || true")


def wait_until_over(engine: Engine) -> None:
    state = f"$(systemctl show --property=ActiveState --value {unit(engine)})"
    engine.machine.wait_until_succeeds(f"[[ {state} = failed || {state} = inactive ]]", timeout=60)


def expect_nothing(engine: Engine) -> None:
    engine.machine.succeed(f"systemctl is-failed --quiet {unit(engine)}", f"test ! -e {unfinished(engine)}")


def goes_on(engine: Engine, ledger: Ledger) -> None:
    """The clients were there all the time; they only waited."""
    if not ledger.is_running():
        raise AssertionError(f"{engine.name}: a client was given an error")
    count = "SELECT count(*) FROM ledger;"
    before = engine.sql(count)
    engine.machine.succeed("sleep 1")
    if engine.sql(count) == before:
        raise AssertionError(f"{engine.name}: no commit after the thaw")


def next_one_succeeds(engine: Engine) -> None:
    engine.machine.succeed(f"systemctl restart {' '.join(engine.database['units'])}")
    engine.host.wait_until_up()
    engine.machine.succeed(f"systemctl reset-failed {unit(engine)} || true; systemctl start {unit(engine)}", f"test ! -e {unfinished(engine)}")
    engine.check()
