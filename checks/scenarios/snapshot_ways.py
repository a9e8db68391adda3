"""Ways to copy a running database: the planned ones, and two that look just as good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from engines import Engine, PostgreSQL

# The filesystem's top level, where snapshots can be named side by side with what they show.
TOP = "/run/lab-top"
COPY = f"{TOP}/lab-copy"
LOG_COPY = f"{TOP}/lab-log"
LOG_COPIED = f"{COPY}/lab-log"
SNAPSHOT = "btrfs --quiet subvolume snapshot"


@dataclass(frozen=True)
class Taken:
    seconds: float  # from the first step to the last
    places: dict[str, str] = field(default_factory=dict)  # directory of the running server -> its copy


Way = Callable[[Engine], Taken]


def mount_top(engine: Engine) -> None:
    mount = engine.database["mountPoint"]
    device = engine.machine.succeed(f"findmnt --noheadings --nofsroot --output=SOURCE {mount}").strip()
    engine.machine.succeed(f"mkdir -p {TOP}; mountpoint -q {TOP} || mount -o subvol=/ {device} {TOP}")


def forget(engine: Engine) -> None:
    engine.machine.succeed(f"for copy in {COPY} {LOG_COPY}; do test ! -e $copy || btrfs --quiet subvolume delete $copy; done")


def log_filesystem(engine: Engine) -> str | None:
    """Where the log's own filesystem is mounted."""
    own = engine.host.plan["logFilesystems"]
    return next((f["mountPoint"] for f in own if f["database"] == engine.name), None)


def log_directory(engine: Engine) -> str:
    """Where the server keeps its log."""
    if isinstance(engine, PostgreSQL):
        directory = engine.database["dataDirectory"]
        return engine.machine.succeed(f"readlink --canonicalize {directory}/pg_wal").strip()
    settings = {setting["name"]: setting["value"] for setting in engine.database["settings"]}
    return settings["innodb_log_group_home_dir"]


def timed(engine: Engine, before: str, steps: str) -> float:
    times = engine.machine.succeed(f"{before} date +%s.%N; {steps}; date +%s.%N").split()
    return float(times[1]) - float(times[0])


def planned(engine: Engine) -> Taken:
    """One snapshot holds everything; where the log lies elsewhere, its filesystem is frozen meanwhile, so that nothing in
    the data becomes newer than the log that is copied."""
    mount, log = engine.database["mountPoint"], log_filesystem(engine)
    if log is None:
        return Taken(timed(engine, "", f"{SNAPSHOT} {mount} {COPY}"), {mount: COPY})
    before = f"sync -f {mount}; trap 'fsfreeze --unfreeze {log}' EXIT;"
    seconds = timed(engine, before, f"fsfreeze --freeze {log}; {snapshot_and_copy(mount, log)}")
    return Taken(seconds, {mount: COPY, log: LOG_COPIED})


def unfenced(engine: Engine) -> Taken:
    """The same two steps without the fence; `gap` seconds lie between them, as between two units of a timer."""
    mount, log = engine.database["mountPoint"], log_filesystem(engine)
    if log is None:
        raise AssertionError(f"{engine.name}: this needs a log on its own filesystem")
    gap = engine.host.options.get("gap", 0)
    seconds = timed(engine, "", snapshot_and_copy(mount, log, f"sleep {gap};"))
    return Taken(seconds, {mount: COPY, log: LOG_COPIED})


def snapshot_and_copy(mount: str, log: str, between: str = "") -> str:
    return f"{SNAPSHOT} {mount} {COPY}; {between} cp --archive {log} {LOG_COPIED}"


def one_after_the_other(first: Literal["data", "log"]) -> Way:
    """Of two subvolumes, each snapshot atomic in itself."""

    def way(engine: Engine) -> Taken:
        places = {engine.database["mountPoint"]: COPY, log_directory(engine): LOG_COPY}
        steps = [f"{SNAPSHOT} {path} {copy}" for path, copy in places.items()]
        between = f"; sleep {engine.host.options.get('gap', 0)}; "
        return Taken(timed(engine, "", between.join(steps if first == "data" else reversed(steps))), places)

    return way


def give_log_a_subvolume(engine: Engine) -> None:
    """The layout that a snapshot tool makes of `one subvolume for each directory`."""
    log = log_directory(engine)
    engine.stop()
    engine.machine.succeed(
        f"mv {log} {log}.old",
        f"btrfs --quiet subvolume create {log}",
        f"chown --reference={log}.old {log}; chmod --reference={log}.old {log}",
        f"lsattr -d {log}.old | grep -q '^[^ ]*C' && chattr +C {log} || true",
        f"cp --archive --reflink=never {log}.old/. {log}/; rm -r {log}.old",
    )
    engine.start()
