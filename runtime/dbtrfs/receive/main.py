"""dbtrfs-receive HOST ROLE COMMAND: what the ssh key of a sending host runs (modules/backup-host), in place of btrbk's own
ssh_filter_btrbk.sh, whose pattern lets other commands through (CVE-2026-62943, fixed in btrbk 0.32.7) and which leaves
`btrfs receive` free to write outside of its directory."""

from __future__ import annotations

import os
import sys
import syslog
from collections.abc import Sequence

from ..backup_host.configuration import read_backup_host
from ..commands import CommandFailed
from ..restore.problems import NotFound, RestoreProblem
from .answers import answer
from .requests import Asker, parse_request

ROLES = ("backup", "restore")
USAGE = "dbtrfs-receive HOST ROLE COMMAND: run by sshd for a key of dbtrfs.backupHost; ROLE is backup or restore."


def main(words: Sequence[str]) -> int:
    if len(words) != 3 or words[1] not in ROLES:
        print(USAGE, file=sys.stderr)
        return 2
    name, role, command = words
    os.umask(0o077)
    try:
        asker = _asker(name, role)
        return answer(parse_request(command, asker), asker)
    except RestoreProblem as problem:
        return _failed(name, str(problem), problem.status)
    except (CommandFailed, OSError) as error:
        return _failed(name, str(error), 1)


def _asker(name: str, role: str) -> Asker:
    host = read_backup_host()
    if name not in host.senders:
        raise NotFound(f"{name} is not in dbtrfs.backupHost.hosts.")
    return Asker(host, host.senders[name], role)


def _failed(name: str, message: str, status: int) -> int:
    syslog.openlog("dbtrfs-receive", facility=syslog.LOG_AUTH)
    syslog.syslog(syslog.LOG_WARNING, f"{name}: {message}")
    print(f"dbtrfs-receive: {message}", file=sys.stderr)
    return status
