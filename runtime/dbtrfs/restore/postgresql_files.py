"""PostgreSQL's files in a copy, as pure functions: what goes, what the log's link becomes, how recovery is told to end.

postgresql.org/docs/17/continuous-archiving.html (what a base backup leaves out) and runtime-config-wal.html.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from .moments import END
from .places import Copy

# Of the running server: its process, and what it was told to recover. backup_label.old is what a start leaves.
REMOVED = (
    "postmaster.pid",
    "postmaster.opts",
    "recovery.signal",
    "standby.signal",
    "recovery.done",
)


def stale_files(names: Iterable[str]) -> list[str]:
    return [name for name in REMOVED if name in set(names)]


def log_link(link: str, data_directory: str, copy: Copy) -> str:
    """The copy's pg_wal, given the snapshot's: to the log in the copy, and relative."""
    live = os.path.normpath(os.path.join(data_directory, link))
    return os.path.relpath(copy.locate(live), copy.data)


# A copy beside the database must not write into the archive of the database.
BESIDE_SETTINGS = "# Restored beside the database: it archives nothing.\narchive_mode = 'off'\n"


def restore_command(archive: str | None, live_log: str | None, histories_only: bool) -> str:
    """What recovery runs to get a file; a shell's command with %f and %p.

    A restore without a point in time wants no WAL but the snapshot's, yet it asks for the histories of timelines: the
    new one must have a number that the archive does not know.
    """
    from_archive = f"{{ {archive}; }}" if archive else "false"
    if histories_only:
        return f'case "%f" in *.history) {from_archive} ;; *) false ;; esac'
    if live_log is None:
        return from_archive
    return f'{from_archive} || cp -- {shlex.quote(live_log)}/"%f" "%p"'


def recovery_settings(command: str, until: datetime | None) -> dict[str, str]:
    settings = {"restore_command": command, "recovery_target_action": "promote"}
    if until is None:
        return settings | {"recovery_target_timeline": "current"}
    if until == END:
        return settings | {"recovery_target_timeline": "latest"}
    return settings | {"recovery_target_timeline": "latest", "recovery_target_time": until.isoformat(sep=" ")}


def histories(names: Iterable[str]) -> list[str]:
    """Of the timelines that a server has been on, but for the first."""
    return sorted(name for name in names if name.endswith(".history"))


def private_settings(folder: Path) -> dict[str, str]:
    """Small, alone, and without what a running server does to others: archiving, subscriptions, a socket to be found."""
    return {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "port": "6000",
        "hba_file": str(folder / "hba.conf"),
        "ssl": "off",
        "archive_mode": "off",
        "archive_command": "",
        "archive_library": "",
        "max_logical_replication_workers": "0",
        # No standby is there to confirm what the check commits.
        "synchronous_standby_names": "",
        "hot_standby": "off",
        "shared_buffers": "128MB",
        "maintenance_work_mem": "64MB",
        "huge_pages": "off",
        "logging_collector": "off",
        "log_destination": "stderr",
        "external_pid_file": "",
    }


def arguments(settings: dict[str, str]) -> list[str]:
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
