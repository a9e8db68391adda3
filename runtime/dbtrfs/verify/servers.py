"""What a database server says of itself, asked through its local socket as the account that owns the database."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass

from dbtrfs.commands import CommandFailed
from dbtrfs.instances import Instance

TIMEOUT = 30
SEPARATOR = "\t"


@dataclass(frozen=True)
class Value:
    text: str
    unit: str = ""  # of a bare number


@dataclass(frozen=True)
class Server:
    version: str
    settings: dict[str, Value]


def ask(instance: Instance) -> Server:
    """Raises CommandFailed, OSError and subprocess.TimeoutExpired."""
    return _postgresql(instance) if instance.engine == "postgresql" else _mysql(instance)


def query(instance: Instance, statement: str) -> str:
    """PostgreSQL's answer, a row a line with its fields apart by SEPARATOR. Raises as `ask` does."""
    options = ["--no-psqlrc", "--tuples-only", "--no-align", f"--field-separator={SEPARATOR}", "--dbname=postgres"]
    return _run_as(instance, f"{instance.server}/bin/psql", f"--port={instance.port}", *options, f"--command={statement}")


def _postgresql(instance: Instance) -> Server:
    settings = parse_settings(query(instance, "SELECT name, setting, unit FROM pg_settings"))
    return Server(settings["server_version"].text, settings)


def _mysql(instance: Instance) -> Server:
    options = [f"--user={instance.user}", "--batch", "--skip-column-names", "--execute=SHOW GLOBAL VARIABLES"]
    settings = parse_settings(_run_as(instance, f"{instance.server}/bin/mysql", *options))
    return Server(settings["version"].text, settings)


def parse_settings(text: str) -> dict[str, Value]:
    """Lines of a name, a value and perhaps a unit. A value of several lines continues without a name; none of them is
    a planned setting."""
    rows = (line.split(SEPARATOR) for line in text.splitlines() if SEPARATOR in line)
    return {row[0]: Value(row[1], row[2] if len(row) > 2 else "") for row in rows}


def _run_as(instance: Instance, *command: str) -> str:
    """setuid(2) in the child: runuser would open a PAM session, which a unit with few capabilities cannot."""
    account = pwd.getpwnam(instance.user)
    groups = os.getgrouplist(instance.user, account.pw_gid)
    result = subprocess.run(
        command,
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=groups,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    if result.returncode != 0:
        raise CommandFailed(command, result.returncode, result.stderr + result.stdout)
    return result.stdout
