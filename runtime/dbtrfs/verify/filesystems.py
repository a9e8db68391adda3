"""What was fixed when a filesystem was made, and what a balance or a lost disk has changed since."""

from __future__ import annotations

from collections.abc import Iterator

from .btrfs import State
from .finding import Finding
from .plan import Filesystem

# mkfs.btrfs takes the first name, the kernel has the second (fs/btrfs/fs.c, btrfs_csums).
KERNEL_NAMES = {"xxhash": "xxhash64", "blake2": "blake2b"}


def compare_format(filesystem: Filesystem, state: State) -> Iterator[Finding]:
    """mkfs decides these; the data has to move to another filesystem to change them."""
    advice = (
        "It is fixed when the filesystem is made. Plan the host again with what it has, or move the data to a "
        "filesystem made as planned."
    )
    checksum = KERNEL_NAMES.get(filesystem.checksum, filesystem.checksum)
    if state.nodesize != filesystem.nodesize:
        yield Finding("format", filesystem.label, f"nodesize {state.nodesize}", f"nodesize {filesystem.nodesize}", advice)
    if state.checksum != checksum:
        yield Finding("format", filesystem.label, f"checksum {state.checksum}", f"checksum {checksum}", advice)


def compare_profiles(filesystem: Filesystem, state: State, mount: str) -> Iterator[Finding]:
    planned = {
        "data": filesystem.data_profile,
        "metadata": filesystem.metadata_profile,
        "system": filesystem.metadata_profile,
    }
    for kind, profile in planned.items():
        found = state.spaces[kind].profiles
        if found != [profile]:
            subject = f"{filesystem.label}, {kind}"
            yield Finding("profiles", subject, " and ".join(found) or "none", profile, _convert(kind, profile, mount))


def _convert(kind: str, profile: str, mount: str) -> str:
    # A balance of the metadata takes the system's chunks along (btrfs-balance(8)).
    flag = "-dconvert" if kind == "data" else "-mconvert"
    return (
        "New data is written in one of these, and old data stays in the others: run 'btrfs balance start "
        f"{flag}={profile},soft {mount}'."
    )


def compare_devices(filesystem: Filesystem, state: State) -> Iterator[Finding]:
    missing = [device for device in state.devices if device.missing]
    for device in missing:
        advice = "The copies on the other devices are all there is. Replace it with 'btrfs replace start'."
        yield Finding("devices", filesystem.label, f"{device.path} is missing", "every device there", advice)
    if len(state.devices) != filesystem.devices:
        advice = "A device was added or removed: take that back with 'btrfs device', or plan the host again."
        found, planned = f"{len(state.devices)} devices", f"{filesystem.devices}"
        yield Finding("devices", filesystem.label, found, planned, advice)


def compare_errors(filesystem: Filesystem, state: State, mount: str) -> Iterator[Finding]:
    for device in state.devices:
        counted = [f"{kind} {count}" for kind, count in device.errors.items() if count > 0]
        if counted:
            advice = (
                f"Look for the cause in 'journalctl -k --grep=btrfs', run 'btrfs scrub start {mount}', and replace "
                f"a disk that goes on. 'btrfs device stats --reset {mount}' once it is settled."
            )
            yield Finding("device-errors", f"{filesystem.label}, {device.path}", ", ".join(counted), "no errors", advice)
