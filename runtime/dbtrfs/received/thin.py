"""Old snapshots go by btrbk's rules, a database at a time and never while one is received."""

from __future__ import annotations

from ..backup_host.cleaning import delete_partial
from ..backup_host.configuration import Sender, Sent
from ..backup_host.limits import without_limit
from ..backup_host.locks import alone
from ..commands import CommandFailed, run
from ..restore.host import say
from ..restore.problems import RestoreProblem


def thin(senders: list[Sender]) -> int:
    """1 where one could not be thinned out; the others are all the same."""
    results = [_succeeds(sender, sent) for sender in senders for sent in sender.databases.values()]
    return 0 if all(results) else 1


def _succeeds(sender: Sender, sent: Sent) -> bool:
    try:
        with alone(sent):
            # First: btrbk takes a broken transfer for the newest, and keeps that in place of the last whole one.
            for name in delete_partial(sender, sent):
                say(f"{sent.title}: deleted {name}, which a broken transfer had left.")
            with without_limit(sender):
                say(run("btrbk", "--config", sent.retention, "--quiet", "prune").strip() or None)
        return True
    except (RestoreProblem, CommandFailed, OSError) as error:
        say(f"dbtrfs-received: {sent.title}: {error}")
        return False
