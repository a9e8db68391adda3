"""What is done for each request. Every program is started with its words, and none through a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ..backup_host.cleaning import delete, delete_partial
from ..backup_host.configuration import Sent
from ..backup_host.locks import alone
from ..backup_host.store import Arrival, read_stored
from ..commands import run
from ..restore.problems import NotFound, Refused
from .listing import visible
from .requests import Asker, Request

MOUNTS = Path("/proc/self/mountinfo")


def answer(request: Request, asker: Asker) -> int:
    """The exit status. Raises RestoreProblem, CommandFailed and OSError."""
    return ANSWERS[request.kind](request, asker)


def mount_line(text: str, mount_point: Path) -> str:
    """proc_pid_mountinfo(5): the fifth field is where it is mounted; of several the last counts."""
    lines = [line for line in text.splitlines() if line.split()[4] == str(mount_point)]
    if not lines:
        raise Refused(f"{mount_point} is not mounted on the backup host.")
    return lines[-1]


def _mounts(_: Request, asker: Asker) -> int:
    print(mount_line(MOUNTS.read_text(), asker.host.mount_point))
    return 0


def _resolve(request: Request, _: Asker) -> int:
    print(os.path.realpath(request.paths[0], strict=True))
    return 0


def _list(request: Request, asker: Asker) -> int:
    root = mount_line(MOUNTS.read_text(), asker.host.mount_point).split()[3]
    below = asker.sender.directory.relative_to(asker.host.mount_point)
    directory = f"{root.strip('/')}/{below}".lstrip("/")
    lines = run("btrfs", "subvolume", "list", *request.words, str(request.paths[0])).splitlines()
    print("".join(f"{line}\n" for line in visible(lines, directory)), end="")
    return 0


def _show(request: Request, _: Asker) -> int:
    print(run("btrfs", "subvolume", "show", *request.words, str(request.paths[0])), end="")
    return 0


def _receive(request: Request, asker: Asker) -> int:
    sent = _sent(request)
    with alone(sent):
        for name in delete_partial(asker.sender, sent):
            print(f"deleted {name}, which a broken transfer had left", file=sys.stderr)
        # A stream names paths, and nothing but --chroot keeps ".." in them below the directory: without it a key could
        # write anywhere as root.
        return subprocess.run(["btrfs", "receive", "--chroot", str(sent.directory)], check=False).returncode


def _delete(request: Request, asker: Asker) -> int:
    """btrbk deletes what it could not send whole. Nothing else goes by a sending host's key."""
    sent = _sent(request)
    with alone(sent):
        partial = {arrival.snapshot.path for arrival in read_stored(sent.name, sent.directory).partial}
        kept = [path.name for path in request.paths if path not in partial]
        if kept:
            raise Refused(
                f"{', '.join(kept)}: deleted by the retention of the backup host alone. On the sending host set "
                f"dbtrfs.instances.{sent.name}.backup.thinnedOutBy to receiver."
            )
        delete(asker.sender, list(request.paths))
    return 0


def _names(request: Request, _: Asker) -> int:
    sent = _sent(request)
    print("".join(f"{arrival.snapshot.name}\n" for arrival in read_stored(sent.name, sent.directory).complete), end="")
    return 0


def _send(request: Request, _: Asker) -> int:
    arrival = chosen(_sent(request), request.name)
    return subprocess.run(["btrfs", "send", "--quiet", str(arrival.snapshot.path)], check=False).returncode


def chosen(sent: Sent, name: str) -> Arrival:
    complete = read_stored(sent.name, sent.directory).complete
    found = complete[-1:] if name == "latest" else [a for a in complete if a.snapshot.name == name]
    if not found:
        raise NotFound(f"{sent.title}: no complete snapshot {name}. 'list {sent.name}' prints those that there are.")
    return found[0]


def _sent(request: Request) -> Sent:
    assert request.sent is not None
    return request.sent


ANSWERS: Mapping[str, Callable[[Request, Asker], int]] = {
    "mounts": _mounts,
    "resolve": _resolve,
    "list": _list,
    "show": _show,
    "receive": _receive,
    "delete": _delete,
    "names": _names,
    "send": _send,
}
