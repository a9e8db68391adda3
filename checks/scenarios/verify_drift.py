"""Everything that dbtrfs-verify compares, changed once on a running host: it names that check and no other, and with
the change undone it is clean again."""

from __future__ import annotations

from collections.abc import Callable

from archive import archive_takes_all
from drift import Drift
from drift_database import of_database
from drift_storage import of_storage
from engines import Engine, engines
from host import Host
from layout import fill
from verify import expect_clean, verify


def run(host: Host) -> None:
    host.wait_until_up()
    # Just after a boot nothing is overdue (runtime/dbtrfs/verify/ages.py, AFTER_BOOT).
    host.machine.succeed("until [ $(cut -d . -f 1 /proc/uptime) -gt 600 ]; do sleep 5; done", timeout=900)
    archive_takes_all(host)
    for engine in engines(host):
        fill(engine, host.channel)
        expect_clean(host)
        for name, drift in (of_storage(engine) | of_database(engine)).items():
            with host.subtest(f"{engine.name}: {name}"):
                provoke(host, engine, drift)
        refuses(host, engine)
        shares(host, engine)


def provoke(host: Host, engine: Engine, drift: Drift) -> None:
    machine = engine.machine
    _each(drift.cause, machine.succeed)
    status, report = verify(host)
    seen = {finding["check"] for finding in report["findings"]}
    if status != 1 or seen != {drift.check}:
        raise AssertionError(f"expected {drift.check} and exit status 1, found {status}: {report['findings']}")
    if not any(drift.words in f"{f['subject']}: {f['found']}" for f in report["findings"]):
        raise AssertionError(f"'{drift.words}' is in none of {report['findings']}")
    if not all(finding["advice"] for finding in report["findings"]):
        raise AssertionError("a finding without advice")
    machine.fail("systemctl start dbtrfs-verify.service")
    _each(drift.undo, machine.succeed)
    expect_clean(host)
    # The database and this unit start more often here than systemd lets them.
    machine.succeed("systemctl reset-failed", "systemctl start dbtrfs-verify.service")
    host.count("seen")


def _each(steps: tuple[str | Callable[[], object], ...], run: Callable[[str], str]) -> None:
    for step in steps:
        if isinstance(step, str):
            run(step)
        else:
            step()


def refuses(host: Host, engine: Engine) -> None:
    """What it cannot do it says, with a status of its own."""
    wanted = {
        "dbtrfs-verify --plan /nowhere": 2,
        f"dbtrfs-verify {engine.name}x": 2,
        f"runuser -u {engine.user} -- dbtrfs-verify": 3,
    }
    for command, status in wanted.items():
        found = host.machine.execute(f"{command} 2>&1")[0]
        if found != status:
            raise AssertionError(f"{command}: exit status {found}, expected {status}")


def shares(host: Host, engine: Engine) -> None:
    """Right after a snapshot nearly all of the NOCOW files is shared with it."""
    if engine.database["snapshots"] is None or not any(d["noCow"] for d in engine.database["directories"]):
        return
    host.machine.succeed(f"systemctl start dbtrfs-snapshot-{engine.name}.service")
    ratios = verify(host)[1]["figures"]["nocow_shared_ratio"]
    ratio = next(r["value"] for r in ratios if r["database"] == engine.name)
    if not 0.5 < ratio <= 1:
        raise AssertionError(f"{engine.name}: {ratio} of the NOCOW files is shared after a snapshot")
