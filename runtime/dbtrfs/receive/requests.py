"""What a key may ask for: the commands that btrbk sends to a target (digint/btrbk), and two of ours for a restore. They
are read as words and never by a shell; whatever is not in this list is refused."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..backup_host.configuration import BackupHost, Sender, Sent
from ..restore.problems import Refused

SUDO = ("sudo", "-n")
LIST_OPTIONS = frozenset({"-a", "-c", "-u", "-q", "-R", "-r"})
DELETE_OPTIONS = frozenset({"-c", "-C", "--commit-after", "--commit-each"})


@dataclass(frozen=True)
class Request:
    kind: str  # a key of answers.ANSWERS
    words: tuple[str, ...] = ()  # options
    paths: tuple[Path, ...] = ()
    sent: Sent | None = None
    name: str = ""


@dataclass(frozen=True)
class Asker:
    """Whose key it is, and what that may reach."""

    host: BackupHost
    sender: Sender
    role: str  # backup or restore

    def database_at(self, path: str) -> Sent:
        """The database whose directory this is."""
        for sent in self.sender.databases.values():
            if str(sent.directory) == plain(path):
                return sent
        raise Refused(f"{path} is no directory of {self.sender.name}. There are: {', '.join(self._directories())}.")

    def snapshot_at(self, path: str) -> tuple[Sent, Path]:
        """A path right below a database's directory."""
        parent, name = posixpath.split(plain(path))
        if name in ("", ".", ".."):
            raise Refused(f"{path} is no snapshot.")
        return self.database_at(parent), Path(parent) / name

    def named(self, name: str) -> Sent:
        if name not in self.sender.databases:
            raise Refused(f"{self.sender.name} has no database {name} here. There are: {', '.join(self.sender.databases)}.")
        return self.sender.databases[name]

    def _directories(self) -> list[str]:
        return [str(sent.directory) for sent in self.sender.databases.values()]


def plain(path: str) -> str:
    """Without a slash at the end; nothing else is put right."""
    if not path.startswith("/") or ".." in path.split("/") or "//" in path:
        raise Refused(f"{path} is no plain absolute path.")
    return path.rstrip("/") or "/"


def parse_request(text: str, asker: Asker) -> Request:
    words = _words(text)
    for start, role, read in REQUESTS:
        if tuple(words[: len(start)]) == start:
            if asker.role != role:
                raise Refused(f"{text}: this key is for {asker.role} alone.")
            return read(_not_empty(words[len(start) :], text), asker)
    raise Refused(f"{text}: not among the commands that a key may run here.")


def _words(text: str) -> list[str]:
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise Refused(f"{text}: {error}.") from None
    return words[len(SUDO) :] if tuple(words[: len(SUDO)]) == SUDO else words


def _not_empty(rest: list[str], text: str) -> list[str]:
    if not rest:
        raise Refused(f"{text}: incomplete.")
    return rest


def _mounts(rest: Sequence[str], _: Asker) -> Request:
    _expect(rest, ["/proc/self/mountinfo"])
    return Request("mounts")


def _readlink(rest: Sequence[str], asker: Asker) -> Request:
    _expect(rest[:-1], ["-v", "-e"], ["-e"])
    return Request("resolve", paths=(asker.database_at(rest[-1]).directory,))


def _list(rest: Sequence[str], asker: Asker) -> Request:
    if not LIST_OPTIONS.issuperset(rest[:-1]) or plain(rest[-1]) != str(asker.host.mount_point):
        raise Refused(f"subvolumes are listed of {asker.host.mount_point}, with {' '.join(sorted(LIST_OPTIONS))}.")
    return Request("list", tuple(rest[:-1]), (asker.host.mount_point,))


def _show(rest: Sequence[str], asker: Asker) -> Request:
    if list(rest[:-1]) == ["--rootid=5"] and plain(rest[-1]) == str(asker.host.mount_point):
        return Request("show", ("--rootid=5",), (asker.host.mount_point,))
    _expect(rest[:-1], [])
    return Request("show", paths=(asker.snapshot_at(rest[-1])[1],))


def _receive(rest: Sequence[str], asker: Asker) -> Request:
    _expect(rest[:-1], [])
    return Request("receive", sent=asker.database_at(rest[-1]))


def _delete(rest: Sequence[str], asker: Asker) -> Request:
    found = [asker.snapshot_at(word) for word in rest if word not in DELETE_OPTIONS]
    if len({sent.name for sent, _ in found}) != 1:
        raise Refused("snapshots of one database are deleted at a time.")
    return Request("delete", paths=tuple(path for _, path in found), sent=found[0][0])


def _names(rest: Sequence[str], asker: Asker) -> Request:
    _expect(rest[1:], [])
    return Request("names", sent=asker.named(rest[0]))


def _send(rest: Sequence[str], asker: Asker) -> Request:
    _expect(rest[2:], [])
    if len(rest) != 2:
        raise Refused("write it as: send DATABASE SNAPSHOT, with a name that 'list DATABASE' prints, or latest.")
    return Request("send", sent=asker.named(rest[0]), name=rest[1])


def _expect(words: Sequence[str], *allowed: Sequence[str]) -> None:
    if list(words) not in [list(one) for one in allowed]:
        raise Refused(f"{' '.join(words) or 'nothing'}: not among the options that a key may give here.")


REQUESTS: Sequence[tuple[tuple[str, ...], str, Callable[[Sequence[str], Asker], Request]]] = (
    (("cat",), "backup", _mounts),
    (("readlink",), "backup", _readlink),
    (("btrfs", "subvolume", "list"), "backup", _list),
    (("btrfs", "subvolume", "show"), "backup", _show),
    (("btrfs", "subvolume", "delete"), "backup", _delete),
    (("btrfs", "receive"), "backup", _receive),
    (("list",), "restore", _names),
    (("send",), "restore", _send),
)
