"""A port that nobody has."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable

from ..restore.problems import Refused

ADDRESS = "127.0.0.1"


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def choose(ports: range, taken: Iterable[int | None], free: Callable[[int], bool] = is_free) -> int:
    others = set(taken)
    for port in ports:
        if port not in others and free(port):
            return port
    raise Refused(f"Every port from {ports.start} to {ports.stop - 1} is taken. Destroy a clone that is not needed.")
