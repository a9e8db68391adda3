"""What a person reads, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .moments import in_words
from .snapshots import Snapshot

# Written into a snapshot by modules/snapshot/*.sh.
POSITION = "binlog"


def own_log(snapshot: Snapshot, log_is_elsewhere: bool) -> str:
    """Whether it starts by itself, without the running server's log."""
    if "wal" in snapshot.facts:
        return f"WAL {snapshot.facts['wal']}"
    return "copied" if log_is_elsewhere else "in the subvolume"


def snapshot_facts(snapshot: Snapshot, log_is_elsewhere: bool) -> dict[str, Any]:
    return {
        "name": snapshot.name,
        "path": str(snapshot.path),
        "taken": snapshot.taken.isoformat(),
        "position": snapshot.facts.get(POSITION),
        "log": own_log(snapshot, log_is_elsewhere),
        "beforeRestore": snapshot.is_before_restore,
    }


def listed(snapshots: Iterable[Snapshot], log_is_elsewhere: bool) -> str:
    rows = [("SNAPSHOT", "TAKEN", "LOG", "BINLOG POSITION")]
    for snapshot in snapshots:
        facts = snapshot_facts(snapshot, log_is_elsewhere)
        rows.append((facts["name"], in_words(snapshot.taken), facts["log"], (facts["position"] or "-").strip()))
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    return "\n".join("  ".join([*(row[i].ljust(widths[i]) for i in range(3)), row[3]]) for row in rows)


def result_in_words(result: dict[str, Any]) -> str:
    lines = [f"{result['database']}: {result['snapshot']} of {result['taken']} is restored to {result['at']}."]
    lines += [f"  {line}" for line in result["tidied"] + result["found"]]
    lines += [f"  {step}: {seconds} s" for step, seconds in result["seconds"].items()]
    if result["kept"]:
        lines += [
            f"The old state is {result['kept']}. Delete it once it is not wanted any more:",
            f"  btrfs subvolume delete {result['kept']}",
        ]
    if result["start"]:
        lines += ["To look into the copy:", *(f"  {line}" for line in result["start"].splitlines())]
        lines += ["To delete it:", f"  {result['remove']}"]
    return "\n".join(lines)
