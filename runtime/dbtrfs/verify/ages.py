"""How old the last snapshot, scrub, backup and restore drill may be, and how old they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .finding import Finding
from .plan import Database, Filesystem
from .values import seconds

MINUTE, HOUR, DAY = 60, 3600, 86400
# modules/drill.nix: its timer's default is weekly.
DRILL_AGE = 2 * 7 * DAY + 12 * HOUR
SCRUB_INTERVALS = {"weekly": 7 * DAY, "monthly": 31 * DAY}
# A scrub of large disks takes a day or more.
SCRUB_SLACK = 3 * DAY
# A timer makes up after a boot for what it missed; so long that may take.
AFTER_BOOT = 10 * MINUTE


@dataclass(frozen=True)
class Clock:
    now: float
    uptime: float


@dataclass(frozen=True)
class Event:
    """The last time that something succeeded, or where it never did, since when it could have."""

    at: float
    happened: bool


def snapshot_age(every: str) -> float:
    """Two may be missing; the slack is what a run takes."""
    return 2 * seconds(every) + 10 * MINUTE


def backup_age(recovery_point: str, point_in_time: bool) -> float:
    """Where the log is archived it keeps the recovery point; the copy that it starts from is made daily."""
    point = seconds(recovery_point)
    return (max(point, DAY) if point_in_time else point) + max(HOUR, point / 10)


def is_overdue(event: Event, age: float, clock: Clock) -> bool:
    return clock.now - event.at > age and clock.uptime > AFTER_BOOT


def in_words(event: Event, clock: Clock) -> str:
    passed = max(0, clock.now - event.at)
    size, unit = next((s, u) for s, u in ((DAY, "days"), (HOUR, "hours"), (MINUTE, "minutes"), (1, "seconds")) if passed >= s or s == 1)
    ago = f"{passed / size:.1f} {unit}"
    return f"{ago} ago" if event.happened else f"none in the {ago} since it could have run"


def compare_snapshots(database: Database, newest: Event, clock: Clock) -> Iterator[Finding]:
    every = database.snapshots_every
    if every is not None and is_overdue(newest, snapshot_age(every), clock):
        unit = f"dbtrfs-snapshot-{database.name}"
        advice = (
            f"'journalctl -u {unit}' says why, 'systemctl list-timers {unit}.timer' when it runs next. Then "
            f"'systemctl start {unit}'."
        )
        yield Finding("snapshots", database.name, in_words(newest, clock), f"every {every}", advice)


def compare_backup(database: Database, last: Event, point_in_time: bool, clock: Clock) -> Iterator[Finding]:
    point = database.recovery_point
    if point is not None and is_overdue(last, backup_age(point, point_in_time), clock):
        advice = "'systemctl --failed' and 'systemctl list-timers' show its unit, 'journalctl -u UNIT' says why. Once the cause is gone, start it."
        yield Finding("backups", database.name, in_words(last, clock), f"a recovery point of {point}", advice)


def compare_drill(database: Database, last: Event, succeeded: bool, clock: Clock) -> Iterator[Finding]:
    unit = f"dbtrfs-drill-{database.name}"
    advice = (
        f"Nothing shows that its copies can be restored: 'journalctl -u {unit}' says why. Then 'systemctl start "
        f"{unit}'."
    )
    if not succeeded:
        yield Finding("drills", database.name, "the last drill failed", "a drill that succeeds", advice)
    elif is_overdue(last, DRILL_AGE, clock):
        yield Finding("drills", database.name, in_words(last, clock), "a drill every week", advice)


@dataclass(frozen=True)
class Scrub:
    event: Event  # when it ended
    running: bool
    errors: dict[str, int]


def compare_scrub(filesystem: Filesystem, scrub: Scrub, interval: str, mount: str, clock: Clock) -> Iterator[Finding]:
    counted = [f"{name} {count}" for name, count in scrub.errors.items() if count > 0]
    if counted:
        advice = (
            "'journalctl -k --grep=btrfs' names the files: restore those that had no second copy. A scrub that "
            f"finds nothing ends this: 'btrfs scrub start -B {mount}'."
        )
        yield Finding("scrub", filesystem.label, ", ".join(counted), "no errors", advice)
    age = SCRUB_INTERVALS[interval] + SCRUB_SLACK
    if not scrub.running and is_overdue(scrub.event, age, clock):
        advice = (
            "Only a scrub finds bad blocks that nothing reads: see 'systemctl list-timers btrfs-scrub-*', and run "
            f"'btrfs scrub start -B {mount}'."
        )
        yield Finding("scrub", filesystem.label, in_words(scrub.event, clock), interval, advice)
