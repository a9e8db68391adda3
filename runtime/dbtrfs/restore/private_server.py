"""A server that nobody else can reach: its socket lies in a folder of its own, it has no network, and it ends with this
process, however that ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ..commands import CommandFailed, run
from .lock import FOLDER
from .problems import CheckFailed

LINES_OF_LOG = 15
SECONDS_TO_STOP = 300


def as_user(user: str, group: str) -> list[str]:
    """setpriv(1): also what takes the server along where this process is killed."""
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--init-groups", "--pdeathsig=KILL", "--"]


@contextlib.contextmanager
def socket_folder(name: str, user: str, group: str) -> Iterator[Path]:
    """Under a name of its own; one that was left by a killed run is replaced."""
    folder = socket_path(name)
    remove_socket_folder(name)
    folder.mkdir(mode=0o700, parents=True)
    try:
        shutil.chown(folder, user, group)
        yield folder
    finally:
        remove_socket_folder(name)


def socket_path(name: str) -> Path:
    return FOLDER / f"{name}.server"


def remove_socket_folder(name: str) -> None:
    if socket_path(name).exists():
        shutil.rmtree(socket_path(name))


class PrivateServer:
    def __init__(self, user: str, group: str, folder: Path) -> None:
        self.user = user
        self.group = group
        self.folder = folder
        self.log = folder / "log"

    def run_as_user(self, *command: str, input: str | None = None) -> str:
        return run(*as_user(self.user, self.group), *command, input=input)

    @contextlib.contextmanager
    def running(
        self,
        command: Sequence[str],
        answers: Callable[[], object],
        stop: signal.Signals,
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[None]:
        """Recovery takes as long as it takes; what is waited for is an answer, or the server's end.

        `environment` is what the server has besides this process's own.
        """
        with self.log.open("a") as log:
            # mysqld opens it by its name.
            shutil.chown(self.log, self.user, self.group)
            process = subprocess.Popen(
                [*as_user(self.user, self.group), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={**os.environ, **(environment or {})},
            )
        try:
            self._wait(process, answers)
            yield
        except BaseException:
            process.kill()
            process.wait()
            raise
        self._stop(process, stop)

    def _wait(self, process: subprocess.Popen[bytes], answers: Callable[[], object]) -> None:
        while process.poll() is None:
            try:
                answers()
                return
            except CommandFailed:
                time.sleep(0.1)
        raise CheckFailed(f"The server does not start on the copy:\n{self.last_words()}")

    def _stop(self, process: subprocess.Popen[bytes], stop: signal.Signals) -> None:
        process.send_signal(stop)
        try:
            status = process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise CheckFailed(f"The server did not stop within {SECONDS_TO_STOP} s:\n{self.last_words()}") from None
        if status != 0:
            raise CheckFailed(f"The server ended with status {status}:\n{self.last_words()}")

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(f"  {line}" for line in lines[-LINES_OF_LOG:]) or "  (it said nothing)"
