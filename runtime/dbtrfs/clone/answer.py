"""The service's side (modules/clones.nix): one request on a socket that only the group may open, one answer. It runs as
root; who asks is what the kernel says of the socket's other end (unix(7), SO_PEERCRED)."""

from __future__ import annotations

import signal
import socket
import struct
import sys
from typing import Any

from ..commands import CommandFailed
from ..restore.problems import RestoreProblem
from . import listing, make, request
from .change import destroy, reset
from .policy import Host, read_host
from .request import LONGEST, Answer, Request

CREDENTIALS = struct.Struct("=iII")  # pid, uid, gid


def serve_one() -> int:
    """The connection is the standard input (systemd.socket(5), Accept=yes)."""
    # Whoever asked may be gone before the end; what was begun is finished all the same.
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    with socket.socket(fileno=sys.stdin.fileno()) as connection:
        account = CREDENTIALS.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size))[1]
        connection.settimeout(10)
        answer = answer_to(read_line(connection), account)
        try:
            connection.settimeout(None)
            connection.sendall(request.write_answer(answer))
        except OSError as problem:
            print(f"dbtrfs-clone: nobody took the answer: {problem}", file=sys.stderr)
    return 0


def read_line(connection: socket.socket) -> bytes:
    line = b""
    try:
        while not line.endswith(b"\n") and len(line) <= LONGEST:
            piece = connection.recv(LONGEST)
            if not piece:
                break
            line += piece
    except TimeoutError:
        pass
    return line if len(line) <= LONGEST else b""


def answer_to(line: bytes, account: int) -> Answer:
    try:
        asked = request.read(line)
        print(f"dbtrfs-clone: account {account}: {asked}", file=sys.stderr)
        return Answer(0, result=perform(read_host(), asked, account))
    except RestoreProblem as problem:
        return Answer(problem.status, str(problem))
    except (CommandFailed, OSError) as failure:
        return Answer(1, str(failure))


def perform(host: Host, asked: Request, account: int) -> Any:
    if asked.action == "list":
        return listing.listed(host, asked)
    if asked.action == "destroy":
        return destroy(host, asked, account)
    made = (make.create if asked.action == "create" else reset)(host, asked, account)
    return made | {"clone": listing.described(host, made["clone"])}
