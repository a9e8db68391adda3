"""Asks the service."""

from __future__ import annotations

import socket
from pathlib import Path

from ..restore.problems import NotFound, Refused
from . import request
from .request import Answer, Request

SOCKET = Path("/run/dbtrfs/clones.sock")


def ask(asked: Request, path: Path = SOCKET) -> Answer:
    """As long as it takes: a server's recovery is part of it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connect(connection, path)
        connection.sendall(request.write(asked))
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as answers:
            line = answers.readline()
    if not line:
        raise Refused("The service ended without an answer. 'journalctl -u dbtrfs-clones@*' says why.")
    return request.read_answer(line)


def connect(connection: socket.socket, path: Path) -> None:
    try:
        connection.connect(str(path))
    except PermissionError:
        raise Refused(f"{path}: this account may not ask. Members of the group dbtrfs.clones.group may.") from None
    except OSError as problem:
        raise NotFound(
            f"{path}: {problem.strerror}. Are there clones on this host (dbtrfs.instances.NAME.clones)?"
            " 'systemctl status dbtrfs-clones.socket' says more."
        ) from None
