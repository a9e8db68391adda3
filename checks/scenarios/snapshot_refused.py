"""What keeps a snapshot from being taken: the unit fails, says why, leaves nothing half-made, and its metric grows old."""

from __future__ import annotations

import re
from collections.abc import Callable

from engines import Engine, SQLite, engines
from host import Host
from snapshot_unit import snapshot_directory
from snapshot_thaw import unfinished


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        take(engine)
        for name, (cause, mend, said) in troubles(engine).items():
            with host.subtest(name):
                expect_failure(engine, cause, mend, said)
            host.count("failedVisibly")
        with host.subtest("a missing mount that systemd has not noticed"):
            expect_mount_missed(engine)
        host.count("failedVisibly")
        with host.subtest("two at once"):
            expect_one_of_two(engine)
        host.count("neverTwo")


Trouble = tuple[Callable[[], object], Callable[[], object], str]


def troubles(engine: Engine) -> dict[str, Trouble]:
    snapshots = snapshot_directory(engine)
    unit_of_mount = engine.machine.succeed(f"systemd-escape --path --suffix=mount {snapshots}").strip()
    folder = f"/run/systemd/system/{unit_of_mount}.d"
    spoil = f"mkdir {folder}; printf '[Mount]\\nOptions=subvol=/gone\\n' > {folder}/gone.conf; systemctl daemon-reload; umount {snapshots}"
    found: dict[str, Trouble] = {
        "the snapshots cannot be mounted": (
            lambda: engine.machine.succeed(spoil),
            lambda: engine.machine.succeed(f"rm -r {folder}; systemctl daemon-reload; systemctl start {unit_of_mount}"),
            # systemd says the one, or the unit the other where systemd has not noticed yet.
            r"Dependency failed|is not mounted",
        ),
    }
    if not isinstance(engine, SQLite):
        found["the server is down"] = (engine.stop, engine.start, "no snapshot: ")
    return found


def unit(engine: Engine) -> str:
    return f"dbtrfs-snapshot-{engine.name}.service"


def take(engine: Engine) -> None:
    engine.machine.succeed(f"systemctl start {unit(engine)}")
    engine.machine.wait_until_succeeds(f"[ $(systemctl is-active btrbk-dbtrfs-{engine.name}.service) = inactive ]", timeout=60)


def stamp(engine: Engine) -> str:
    return engine.machine.succeed(f"grep '^dbtrfs_snapshot_timestamp_seconds' /var/lib/dbtrfs/metrics/snapshot-{engine.name}.prom")


def expect_failure(engine: Engine, cause: Callable[[], object], mend: Callable[[], object], said: str) -> None:
    before = stamp(engine)
    cause()
    status, _ = engine.machine.execute(f"systemctl start {unit(engine)}")
    after = stamp(engine)
    journal = engine.machine.succeed(f"journalctl --no-pager --lines=30 --unit={unit(engine)}")
    mend()
    if status == 0:
        raise AssertionError(f"{engine.name}: the unit did not fail")
    if not re.search(said, journal):
        raise AssertionError(f"{engine.name}: the journal does not say “{said}”:\n{journal}")
    if after != before:
        raise AssertionError(f"{engine.name}: the metric says that a snapshot was taken")
    engine.machine.fail(f"test -e {unfinished(engine)}")
    taken = count(engine)
    take(engine)
    if count(engine) != taken + 1:
        raise AssertionError(f"{engine.name}: no snapshot after the trouble was over")


def expect_mount_missed(engine: Engine) -> None:
    """The unit's program without systemd, which would mount again: it has to see for itself."""
    snapshots, before = snapshot_directory(engine), count(engine)
    shown = f"systemctl show --value {unit(engine)} --property"
    program = engine.machine.succeed(f"{shown}=ExecStart | sed -E 's/.*path=([^ ;]+).*/\\1/'").strip()
    engine.machine.succeed(f"umount {snapshots}")
    status, said = engine.machine.execute(f"env $({shown}=Environment) {program} 2>&1")
    engine.machine.succeed(f"mountpoint -q {snapshots} || mount {snapshots}")
    if status == 0 or f"{snapshots} is not mounted" not in said:
        raise AssertionError(f"{engine.name}: exit status {status}: {said}")
    if count(engine) != before:
        raise AssertionError(f"{engine.name}: a snapshot was taken all the same")


def count(engine: Engine) -> int:
    return int(engine.machine.succeed(f"ls -d {snapshot_directory(engine)}/{engine.name}.* | wc -l"))


def expect_one_of_two(engine: Engine) -> None:
    before = count(engine)
    engine.machine.succeed(f"systemctl start --no-block {unit(engine)}; systemctl start {unit(engine)}")
    if count(engine) != before + 1:
        raise AssertionError(f"{engine.name}: two runs at once")
