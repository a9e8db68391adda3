"""What is wrong with what was received: pure functions of what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..backup_host.store import Arrival
from ..backup_host.subvolume import is_complete, is_partial
from ..verify.ages import Event, backup_age, in_words, is_overdue
from ..verify.finding import Finding, Outcome
from .gather import DatabaseFacts, Facts, SenderFacts

# From here on a sending host's next backup may not fit.
NEARLY_FULL = 0.9
# Clocks of two hosts differ; more than this and a time is wrong.
CLOCKS = 300


def _directory(database: DatabaseFacts, _: Facts) -> Iterator[Finding]:
    if database.stored is None:
        yield Finding(
            "directory",
            database.sent.title,
            database.trouble,
            "a directory to receive into",
            "'systemctl start dbtrfs-backup-host' makes it; its journal says why it could not.",
        )


def _age(database: DatabaseFacts, facts: Facts) -> Iterator[Finding]:
    point = database.sent.recovery_point
    newest = _newest(database)
    # As old as what it holds, by the sending host's word, but not younger than its arrival.
    event = Event(database.prepared_at, False) if newest is None else Event(newest.snapshot.taken.timestamp(), True)
    if database.stored is not None and is_overdue(event, backup_age(point, False), facts.clock):
        advice = (
            f"On {database.sent.host}: 'journalctl -u btrbk-dbtrfs-{database.sent.name}' says why nothing came, and "
            f"'systemctl start btrbk-dbtrfs-{database.sent.name}' sends. Here: 'journalctl -t sshd -t dbtrfs-receive'."
        )
        yield Finding("age", database.sent.title, in_words(event, facts.clock), f"a recovery point of {point}", advice)


def _clock(database: DatabaseFacts, _: Facts) -> Iterator[Finding]:
    newest = _newest(database)
    if newest is not None and newest.snapshot.taken.timestamp() > newest.subvolume.received_at + CLOCKS:
        yield Finding(
            "clock",
            newest.snapshot.name,
            f"taken {newest.snapshot.taken.isoformat()}, after it arrived",
            "no snapshot of the future",
            f"Set the clock of {database.sent.host} right, or of this host: retention goes by these times.",
        )


def _partial(database: DatabaseFacts, _: Facts) -> Iterator[Finding]:
    if database.stored is None or database.is_busy:
        return
    for arrival in database.stored.partial:
        yield Finding(
            "partial",
            f"{database.sent.title}/{arrival.snapshot.name}",
            "a transfer that broke off",
            "whole snapshots alone",
            f"The next transfer or 'systemctl start dbtrfs-received-thin' deletes it. If it comes again, see {database.sent.host}.",
        )


def _changed(database: DatabaseFacts, _: Facts) -> Iterator[Finding]:
    """What is neither whole nor a broken transfer was made or changed by somebody here."""
    stored = database.stored
    if stored is None:
        return
    for arrival in stored.arrivals:
        if not is_complete(arrival.subvolume) and not is_partial(arrival.subvolume):
            state = "read-only, not received" if arrival.subvolume.read_only else "received, and writable now"
            yield Finding(
                "changed",
                f"{database.sent.title}/{arrival.snapshot.name}",
                state,
                "received and read-only",
                "It is no backup that can be trusted, and none that a next one builds on. Delete it.",
            )
    for path in stored.others:
        yield Finding(
            "changed",
            f"{database.sent.title}/{path.name}",
            "not named as a snapshot of this database",
            f"{database.sent.name}.YYYYMMDDTHHMM",
            "No retention deletes it. See what it is, and delete or move it.",
        )


def _facts(database: DatabaseFacts, _: Facts) -> Iterator[Finding]:
    newest = _newest(database)
    if newest is not None and not newest.has_facts:
        yield Finding(
            "facts",
            f"{database.sent.title}/{newest.snapshot.name}",
            "no .dbtrfs-snapshot",
            "what dbtrfs-snapshot leaves in each",
            "It was not taken by dbtrfs-snapshot: whether the engine starts from it nobody has seen to.",
        )


def _chain(database: DatabaseFacts, _: Facts) -> Iterator[Finding]:
    """What is received whole stands for itself. That the parent of the next one is there shows in the last one."""
    complete = [] if database.stored is None else database.stored.complete
    if len(complete) > 1 and complete[-1].subvolume.parent is None:
        yield Finding(
            "chain",
            f"{database.sent.title}/{complete[-1].snapshot.name}",
            "sent whole, though there are older ones",
            "what has changed since one of them",
            f"It shares no block with the others. {database.sent.host} had none of them left, or they are of another filesystem.",
        )


def _space(sender: SenderFacts) -> Iterator[Finding]:
    usage = sender.usage
    if usage is not None and usage.limit is not None and usage.used > NEARLY_FULL * usage.limit:
        yield Finding(
            "space",
            sender.sender.name,
            f"{usage.used / usage.limit:.0%} of {usage.limit / 2**30:.1f} GiB",
            f"below {NEARLY_FULL:.0%}",
            f"Raise dbtrfs.backupHost.hosts.{sender.sender.name}.spaceLimitGiB, or keep less (its databases' keep).",
        )


def _newest(database: DatabaseFacts) -> Arrival | None:
    complete = [] if database.stored is None else database.stored.complete
    return complete[-1] if complete else None


DATABASE: Mapping[str, Callable[[DatabaseFacts, Facts], Iterator[Finding]]] = {
    "directory": _directory,
    "age": _age,
    "partial": _partial,
    "changed": _changed,
    "facts": _facts,
    "chain": _chain,
    "clock": _clock,
}


def run_checks(facts: Facts) -> dict[str, Outcome]:
    outcomes = {
        name: Outcome(len(facts.databases), [finding for database in facts.databases for finding in check(database, facts)])
        for name, check in DATABASE.items()
    }
    limited = [sender for sender in facts.senders if sender.usage is not None]
    outcomes["space"] = Outcome(len(limited), [finding for sender in limited for finding in _space(sender)])
    outcomes["unknown"] = Outcome(len(facts.unknown), [_unknown(str(path)) for path in facts.unknown])
    return outcomes


def _unknown(path: str) -> Finding:
    advice = "Nothing is received there and nothing deletes it. Name it in dbtrfs.backupHost.hosts, or delete it with what is in it."
    return Finding("unknown", path, "in no configuration", "directories of dbtrfs.backupHost.hosts", advice)
