"""What is asked of the service, as one line of JSON; and what it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..restore.problems import NotFound
from . import words

# Longer than any sound request.
LONGEST = 4096

ACTIONS = ("create", "destroy", "reset", "list")


@dataclass(frozen=True)
class Request:
    action: str
    name: str | None = None
    database: str | None = None
    source: str | None = None  # latest, or a snapshot's name
    ttl: str | None = None
    snapshots: bool = False  # list: what clones can be made of


CHECKS: Mapping[str, Callable[[str], object]] = {
    "name": words.name,
    "database": words.database,
    "source": words.source,
    "ttl": words.seconds,
}


def write(request: Request) -> bytes:
    return json.dumps({key: value for key, value in asdict(request).items() if value}).encode() + b"\n"


def read(line: bytes) -> Request:
    """Raises NotFound for whatever is no request."""
    try:
        data = json.loads(line)
    except ValueError:
        raise NotFound("The request is no JSON. Ask by dbtrfs-clone.") from None
    if not isinstance(data, dict) or data.get("action") not in ACTIONS:
        raise NotFound(f"The request has no action. There are: {', '.join(ACTIONS)}.")
    if unknown := set(data) - set(Request.__annotations__):
        raise NotFound(f"The request has {', '.join(sorted(unknown))}, which nothing here knows. Ask by dbtrfs-clone.")
    return checked(data)


def checked(data: Mapping[str, Any]) -> Request:
    for key, check in CHECKS.items():
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            raise NotFound(f"The request's {key} is no text.")
        if value is not None:
            check(value)
    if not isinstance(data.get("snapshots", False), bool):
        raise NotFound("The request's snapshots is neither true nor false.")
    if data["action"] != "list" and data.get("name") is None:
        raise NotFound("The request names no clone.")
    return Request(**data)


@dataclass(frozen=True)
class Answer:
    status: int
    problem: str | None = None
    result: Any = None


def write_answer(answer: Answer) -> bytes:
    return json.dumps(asdict(answer)).encode() + b"\n"


def read_answer(line: bytes) -> Answer:
    return Answer(**json.loads(line))
