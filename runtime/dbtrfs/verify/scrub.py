"""The last scrub, from the file that btrfs-progs keeps of it: /var/lib/btrfs/scrub.status.UUID (btrfs-scrub(8), FILES).

`btrfs scrub status` prints the same, but needs CAP_SYS_ADMIN to list the devices first. A line for each device:

    UUID:DEVID|data_extents_scrubbed:12|…|t_start:1795705058|t_resumed:0|duration:9|canceled:0|finished:1
"""

from __future__ import annotations

from pathlib import Path

from .ages import Event, Scrub

FOLDER = Path("/var/lib/btrfs")
# no_csum counts blocks without a checksum, which every NOCOW file has; corrected and unverified errors are among these.
ERRORS = ("read_errors", "csum_errors", "verify_errors", "super_errors", "uncorrectable_errors")
# A scrub that runs writes the file every five seconds (cmds/scrub.c, scrub_progress_cycle).
ALIVE = 60


def read_scrub(uuid: str, made: float, now: float) -> Scrub:
    """`made` is when the filesystem was: where no scrub has finished, that is what its age is counted from."""
    path = FOLDER / f"scrub.status.{uuid}"
    if not path.exists():
        return Scrub(Event(made, False), False, {})
    return parse_scrub(path.read_text(), uuid, made, now - path.stat().st_mtime < ALIVE)


def parse_scrub(text: str, uuid: str, made: float, recent: bool) -> Scrub:
    devices = [_fields(line) for line in text.splitlines() if line.startswith(f"{uuid}:")]
    if not devices:
        raise ValueError(f"no device of {uuid} in its scrub status")
    errors = {name: sum(device.get(name, 0) for device in devices) for name in ERRORS}
    if all(device["finished"] for device in devices):
        ended = max(max(device["t_start"], device["t_resumed"]) + device["duration"] for device in devices)
        return Scrub(Event(ended, True), False, errors)
    # One that was cut short says nothing of the rest.
    canceled = any(device["canceled"] for device in devices)
    return Scrub(Event(made, False), recent and not canceled, errors)


def _fields(line: str) -> dict[str, int]:
    pairs = (field.rsplit(":", 1) for field in line.split("|")[1:])
    return {name: int(value) for name, value in pairs}
