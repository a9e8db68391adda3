"""dbtrfs-received: looks after what other hosts have sent here. Run by the units of modules/backup-host, and by whoever wants
to know now."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from ..backup_host.configuration import CONFIGURATION, BackupHost, Sender, read_backup_host
from ..backup_host.place import require_mounted
from ..commands import CommandFailed
from ..metrics import write_metrics
from ..restore.host import say
from ..restore.problems import NotFound, Refused, RestoreProblem
from .check import check
from .findings import run_checks
from .gather import gather
from .prepare import prepare
from .report import as_json, as_metrics, as_text, findings_of
from .thin import thin

ABOUT = "Looks after the snapshots that other hosts have sent here."
STATUS = "exit status: 0 nothing is wrong; 1 something is; 2 wrong usage, or no such host or database; 3 could not run"


def parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("dbtrfs-received", description=ABOUT, epilog=STATUS)
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser("verify", help="whether each database's newest snapshot is there, whole and young enough")
    verify.add_argument("--json", action="store_true", help="print one JSON document")
    verify.add_argument("--metrics", action="store_true", help="also write received.prom for node_exporter")
    checks = commands.add_parser("check", help="start a copy of each database's newest snapshot and check it")
    checks.add_argument("--check", choices=("full", "quick"), default="full", help="as in dbtrfs-restore")
    thins = commands.add_parser("thin", help="delete what broken transfers left, and old snapshots by each database's keep")
    for command in (verify, checks, thins):
        command.add_argument("hosts", nargs="*", metavar="HOST", help="only what these have sent")
    commands.add_parser("prepare", help="make the directories to receive into, with their limits")
    given = parser.parse_args(words)
    if given.command == "verify" and given.metrics and given.hosts:
        parser.error("--metrics is for all hosts: leave HOST out")
    return given


def main(words: Sequence[str]) -> int:
    given = parse(words)
    # A copy that was started is deleted by whoever made it.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        return _run(given, _host())
    except RestoreProblem as problem:
        say(f"dbtrfs-received: {problem}")
        return problem.status
    except (CommandFailed, OSError) as error:
        say(f"dbtrfs-received: {error}")
        return Refused.status


def _host() -> BackupHost:
    if os.geteuid() != 0:
        raise Refused("only root can read what was received. Run it with sudo.")
    try:
        host = read_backup_host()
    except OSError as error:
        raise NotFound(f"{error}. {CONFIGURATION} is written where dbtrfs.backupHost is enabled.") from None
    require_mounted(host)
    return host


def _run(given: argparse.Namespace, host: BackupHost) -> int:
    if given.command == "prepare":
        return prepare(host)
    senders = _senders(host, given.hosts)
    if given.command == "thin":
        return thin(senders)
    if given.command == "check":
        sent = [s for sender in senders for s in sender.databases.values()]
        return check(host, sent if given.hosts else [s for s in sent if s.instance is not None], given.check)
    return _verify(given, host, senders)


def _senders(host: BackupHost, names: list[str]) -> list[Sender]:
    unknown = [name for name in names if name not in host.senders]
    if unknown:
        raise NotFound(f"{', '.join(unknown)}: not in dbtrfs.backupHost.hosts, which has {', '.join(host.senders) or 'none'}.")
    return [sender for sender in host.senders.values() if not names or sender.name in names]


def _verify(given: argparse.Namespace, host: BackupHost, senders: list[Sender]) -> int:
    facts = gather(host, senders)
    outcomes = run_checks(facts)
    sys.stdout.write(as_json(outcomes) if given.json else as_text(facts, outcomes))
    if given.metrics:
        write_metrics(host.metrics_directory, "received", as_metrics(facts, outcomes))
    return 1 if findings_of(outcomes) else 0
