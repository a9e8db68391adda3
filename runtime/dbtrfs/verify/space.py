"""How much room is left, for data and for the trees that every write needs too."""

from __future__ import annotations

from collections.abc import Iterator

from .btrfs import State
from .finding import Finding
from .plan import Filesystem

GIB = 1 << 30
# Copy-on-write needs room to write before it can free: under a tenth the allocator searches long, and a snapshot kept
# a day longer fills the rest.
LEAST_FREE = 0.1
COPIES = {"dup": 2, "raid1": 2, "raid10": 2, "raid1c3": 3, "raid1c4": 4}


def size(state: State) -> int:
    return sum(device.size for device in state.devices)


def unallocated(state: State) -> int:
    return sum(device.size - device.allocated for device in state.devices)


def least_unallocated(filesystem: Filesystem, state: State) -> int:
    """What metadata takes to grow: a chunk in every copy (fs/btrfs/space-info.c, calc_chunk_size, and volumes.c, which
    gives none a larger part than a tenth of a small filesystem)."""
    chunk = GIB if size(state) > 50 * GIB else GIB // 4
    return min(chunk * COPIES.get(filesystem.metadata_profile, 1), size(state) // 20)


def compare_space(filesystem: Filesystem, state: State, available: float, mount: str) -> Iterator[Finding]:
    """`available` is the free share of the filesystem, as statvfs has it."""
    if available < LEAST_FREE:
        advice = (
            "Delete snapshots that are no longer wanted, move data away, or add a device: a full Btrfs stops its "
            "databases."
        )
        yield Finding("space", filesystem.label, f"{available:.0%} free", f"at least {LEAST_FREE:.0%}", advice)
    left, least = unallocated(state), least_unallocated(filesystem, state)
    if left < least:
        advice = (
            "The metadata cannot grow, whatever is free for data. Give half-empty chunks back: 'btrfs balance "
            f"start -dusage=50,limit=10 {mount}', repeated if need be."
        )
        yield Finding("space", filesystem.label, f"{_mib(left)} unallocated", f"at least {_mib(least)}", advice)


def _mib(count: int) -> str:
    return f"{count >> 20} MiB"
