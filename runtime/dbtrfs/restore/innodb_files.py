"""MySQL's and MariaDB's files and options in a copy, as pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from .moments import END
from .places import Copy
from .problems import Refused

# Where the server's own settings are on NixOS (services/databases/mysql.nix).
SETTINGS = "/etc/my.cnf"
# A server's identity (MySQL), and what a running server left.
OF_THE_SERVER = ("auto.cnf",)


def server_options(copy: Copy, folder: Path) -> list[str]:
    """Of any second server. my.cnf names the directories of the running one, so each has to be said anew."""
    options = [
        f"--defaults-file={SETTINGS}",
        f"--basedir={copy.instance.server}",
        f"--datadir={copy.data}",
        f"--socket={folder}/socket",
        f"--pid-file={folder}/pid",
        f"--log-error={folder}/log",
        "--event-scheduler=OFF",
        "--innodb-buffer-pool-load-at-startup=OFF",
        "--innodb-buffer-pool-dump-at-shutdown=OFF",
    ]
    return options + _log_options(copy) + _own_options(copy.instance.engine)


def private_options(copy: Copy, folder: Path) -> list[str]:
    """Of one that looks at a copy and that nobody else reaches."""
    small = ["--performance-schema=OFF", "--innodb-buffer-pool-size=128M"]
    return [*server_options(copy, folder), "--port=0", "--skip-networking", *small]


def _log_options(copy: Copy) -> list[str]:
    instance = copy.instance
    redo = [] if instance.redo is None else [f"--innodb-log-group-home-dir={copy.locate(instance.redo)}"]
    # Without a planned one MySQL keeps its binary log below the data directory.
    return redo + ([] if instance.binlog is None else [f"--log-bin={copy.locate(instance.binlog)}"])


def _own_options(engine: str) -> list[str]:
    return ["--mysqlx=OFF", "--skip-replica-start"] if engine == "mysql" else ["--skip-slave-start"]


def index_with_paths(index: str, directory: PurePath) -> str:
    """The binary log's index, with each file in this directory."""
    return "".join(f"{directory / PurePath(entry).name}\n" for entry in index.split())


@dataclass(frozen=True)
class Position:
    file: str
    offset: int


def parse_position(fact: str) -> Position:
    """Of a snapshot's `binlog=`: name, offset, and what else the server said."""
    file, offset = fact.split()[:2]
    return Position(file, int(offset))


def number_of(name: str) -> int | None:
    match = re.fullmatch(r".*\.(\d+)", name)
    return None if match is None else int(match[1])


def logs_since(first: str, available: Iterable[PurePath]) -> list[PurePath]:
    """From the file of the snapshot's position on, each once and none missing. Raises Refused where there is a hole."""
    base = first.rsplit(".", 1)[0]
    start = number_of(first)
    by_number: dict[int, PurePath] = {}
    for path in available:
        number = number_of(path.name)
        if number is not None and start is not None and path.name.startswith(f"{base}.") and number >= start:
            by_number.setdefault(number, path)
    wanted = range(start or 0, max(by_number, default=start or 0) + 1)
    missing = [f"{base}.{number:06d}" for number in wanted if number not in by_number]
    if missing:
        raise Refused(
            f"The binary log {', '.join(missing)} is missing, so nothing leads from the snapshot to that time."
            " Choose a later snapshot, or put the file back."
        )
    return [by_number[number] for number in wanted]


def stop_at(until: datetime) -> list[str]:
    """For mysqlbinlog, which takes a time in the machine's own zone, to the second."""
    return [] if until == END else [f"--stop-datetime={until.astimezone():%Y-%m-%d %H:%M:%S}"]


def damaged_tables(answer: str) -> list[str]:
    """Of CHECK TABLE's rows (table, op, type, text) those that are neither a note nor OK."""
    rows = [line.split("\t") for line in answer.splitlines()]
    good = ("OK", "Table is already up to date")
    return [" ".join(r) for r in rows if len(r) == 4 and (r[2] == "error" or (r[2] == "status" and r[3] not in good))]
