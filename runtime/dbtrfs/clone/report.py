"""What a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .space import in_words

Facts = Mapping[str, Any]


def left(seconds: int) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def state(clone: Facts) -> str:
    if clone["state"] == "ready" and clone["unitState"] not in (None, "active"):
        return str(clone["unitState"])
    return str(clone["state"])


def table(rows: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(word.ljust(width) for word, width in zip(row, widths)).rstrip() for row in rows)


def clones(found: Iterable[Facts]) -> str:
    rows = [["CLONE", "OF", "SNAPSHOT", "STATE", "WROTE", "ENDS IN", "AT"]]
    notes = []
    for clone in found:
        size = "-" if clone["bytes"] is None else in_words(clone["bytes"])
        place = clone["path"] if clone["port"] is None else f"port {clone['port']}"
        rows.append([clone["name"], clone["database"], clone["snapshot"], state(clone), size, left(clone["secondsLeft"]), place])
        notes += [f"{clone['name']} was stopped: {clone['reason']}."] if clone["reason"] else []
    return "\n".join([table(rows), *notes]) if len(rows) > 1 else "There are no clones."


def snapshots(found: Iterable[Facts]) -> str:
    rows = [["SNAPSHOT", "OF", "TAKEN"], *([s["name"], s["database"], s["taken"]] for s in found)]
    return table(rows) if len(rows) > 1 else "There are no snapshots."


def made(result: Facts) -> str:
    clone, seconds = result["clone"], result["seconds"]
    lines = [f"{clone['name']}: a clone of {clone['database']} as of {clone['taken']} ({clone['snapshot']})."]
    lines += [f"  {line}" for line in result["tidied"]]
    lines.append(f"Made in {seconds['made']} s{started(clone, seconds)}; it ends in {left(clone['secondsLeft'])}.")
    return "\n".join([*lines, *reached(clone)])


def started(clone: Facts, seconds: Facts) -> str:
    return "" if clone["port"] is None else f", started in {seconds['started']} s"


def reached(clone: Facts) -> list[str]:
    if clone["port"] is None:
        return [f"Its files are in {clone['path']}."]
    if clone["engine"] == "postgresql":
        return [f"psql --host={clone['socket']} --port={clone['port']}    # or --host=127.0.0.1"]
    return [f"mysql --socket={clone['socket']}/socket    # or --host=127.0.0.1 --port={clone['port']}"]
