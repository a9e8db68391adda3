"""dbtrfs-clone: from the command line to an exit status."""

from __future__ import annotations

import argparse
import json
import os
import signal
from collections.abc import Sequence
from typing import Any

from ..commands import CommandFailed
from ..restore.host import say
from ..restore.problems import NotFound, RestoreProblem
from . import arguments, record, report, request, servers
from .answer import serve_one
from .client import ask
from .keep import keep
from .policy import read_host
from .request import Request


def main(words: Sequence[str]) -> int:
    given = arguments.parse(words)
    try:
        return run(given)
    except RestoreProblem as problem:
        say(f"dbtrfs-clone: {problem}")
        return problem.status
    except CommandFailed as failure:
        say(f"dbtrfs-clone: {failure}")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def run(given: argparse.Namespace) -> int:
    if given.action == "serve":
        become_server(given.name)
    if given.action == "answer":
        return serve_one()
    if given.action == "keep":
        keep(read_host())
        return 0
    return ask_for(given)


def ask_for(given: argparse.Namespace) -> int:
    fields = {key: value for key, value in vars(given).items() if key in Request.__annotations__}
    asked = request.checked({key: value for key, value in fields.items() if value is not None})
    answer = ask(asked)
    if answer.problem is not None:
        say(f"dbtrfs-clone: {answer.problem}")
    else:
        print(json.dumps(answer.result, indent=2) if given.json else in_words(asked, answer.result))
    return answer.status


def in_words(asked: Request, result: Any) -> str:
    if asked.action == "list":
        return report.snapshots(result) if asked.snapshots else report.clones(result)
    if asked.action == "destroy":
        return f"{result['destroyed']} is deleted."
    return report.made(result)


def become_server(name: str) -> None:
    """Run by the clone's unit, as the database's account, which sees this clone alone."""
    host = read_host()
    for instance in host.instances.values():
        clone = record.read(instance, name)
        if clone is not None and clone.database == instance.name:
            command = servers.command(instance, clone, host.policy)
            os.execv(command[0], command)
    raise NotFound(f"There is no clone {name}.")
