"""A runbook's commands as its reader would type them: each block whole, in the order of the runbook, none left out."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager

from host import Host


class Followed:
    """`done` runs the next block that is not marked as untried, and says so where it is not the one expected."""

    def __init__(self, host: Host, runbook: str) -> None:
        if runbook not in host.runbooks:
            raise AssertionError(f"no runbook {runbook} in {', '.join(host.runbooks)}")
        self.host, self.runbook = host, runbook
        self.left = [block for block in host.runbooks[runbook] if block.get("untried") is None]

    def done(self, block: str, fails: bool = False, replace: dict[str, str] | None = None) -> str:
        """`replace` puts what the reader fills in, such as a moment; each of its keys must occur."""
        if not self.left or self.left[0]["id"] != block:
            raise AssertionError(f"{self.runbook}: {block} is not what comes next: {[b['id'] for b in self.left]}")
        commands = filled(self.left.pop(0)["commands"], replace or {})
        # As a login shell does it, and none of its commands may fail unseen.
        script = f"bash -e -o pipefail -c {shlex.quote(commands)} 2>&1"
        output = self.host.machine.fail(script) if fails else self.host.machine.succeed(script)
        self.host.count("blocks")
        return output


def filled(commands: str, replace: dict[str, str]) -> str:
    for placeholder, value in replace.items():
        if placeholder not in commands:
            raise AssertionError(f"nothing to fill in for {placeholder} in:\n{commands}")
        commands = commands.replace(placeholder, value)
    return commands


@contextmanager
def followed(host: Host, runbook: str) -> Iterator[Followed]:
    """All blocks have been run at the end."""
    reader = Followed(host, runbook)
    yield reader
    if reader.left:
        raise AssertionError(f"{runbook}: not run: {', '.join(block['id'] for block in reader.left)}")
