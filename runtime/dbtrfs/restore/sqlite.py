"""SQLite: -wal and -journal stay with their database; whoever opens it first recovers it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from ..commands import CommandFailed
from .engine import Engine, Task
from .places import OWN
from .problems import CheckFailed, Refused

# https://www.sqlite.org/fileformat.html, "The Database Header".
MAGIC = b"SQLite format 3\0"


class SQLite(Engine):
    @classmethod
    def refuse(cls, task: Task) -> None:
        if task.until is not None:
            raise Refused(
                "SQLite keeps no log that leads from a snapshot to a later time. Leave out --until, or restore from"
                " Litestream where the plan has it."
            )

    def check(self) -> list[str]:
        databases = list(databases_in(self.copy.root))
        if not databases:
            raise CheckFailed(f"{self.task.snapshot.name} holds no SQLite database.")
        for database in databases:
            self._check(database)
        return [f"{len(databases)} databases, {'quick' if self.task.level == 'quick' else 'integrity'}_check: ok"]

    def _check(self, database: Path) -> None:
        pragma = "quick_check" if self.task.level == "quick" else "integrity_check"
        try:
            command = ["sqlite3", "-batch", "-init", "/dev/null", str(database), f"PRAGMA {pragma};"]
            answer = self.server.run_as_user(*command).strip()
        except CommandFailed as error:
            raise CheckFailed(f"{database}: {error.output.strip()}") from None
        if answer != "ok":
            raise CheckFailed(f"{database}: {pragma}: {answer}")

    def how_to_start(self) -> str:
        return "\n".join(f"sqlite3 {shlex.quote(str(path))}" for path in databases_in(self.copy.root))


def databases_in(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if OWN not in path.relative_to(root).parts and path.is_file() and not path.is_symlink() and _is_database(path):
            yield path


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
