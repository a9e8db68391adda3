"""dbtrfs-drill: run by a timer (modules/drill.nix), and by whoever wants to know now."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence

from ..commands import CommandFailed
from ..instances import Instance, read_configuration
from ..restore.host import instance_named, say
from ..restore.lock import drilling
from ..restore.problems import RestoreProblem
from .drill import clean, drill
from .result import record

ABOUT = "Starts and checks the newest snapshot of a database, deletes the copy, and records the result as a metric."


def main(words: Sequence[str]) -> int:
    given = parse(words)
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        instance = instance_named(given.name)
        with drilling(instance):
            return clean_up(instance) if given.clean else practise(instance, given.check)
    except RestoreProblem as problem:
        say(f"dbtrfs-drill: {problem}")
        return problem.status


def parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("dbtrfs-drill", description=ABOUT)
    parser.add_argument("name", metavar="NAME", help="the database, as in dbtrfs.instances")
    parser.add_argument("--check", choices=("full", "quick"), default="full", help="as in dbtrfs-restore")
    parser.add_argument("--clean", action="store_true", help="only delete what a killed drill left")
    return parser.parse_args(words)


def practise(instance: Instance, level: str) -> int:
    began, success = time.monotonic(), False
    try:
        name, findings = drill(instance, "quick" if level == "quick" else "full")
        success = True
        say(f"{instance.name}: {name} starts and is sound: {'; '.join(findings.found)}.")
        return 0
    except (RestoreProblem, CommandFailed) as error:
        say(f"dbtrfs-drill: {instance.name}: {error}")
        return 1
    finally:
        record(metrics_directory(), instance.name, success, time.monotonic() - began, time.time())


def clean_up(instance: Instance) -> int:
    """After the unit, however it ended: systemd says how in SERVICE_RESULT (systemd.exec(5))."""
    if clean(instance):
        say(f"{instance.name}: deleted what a drill that was killed had left.")
    if os.environ.get("SERVICE_RESULT", "success") not in ("success", "exit-code"):
        record(metrics_directory(), instance.name, False, 0, time.time())
    return 0


def metrics_directory() -> str:
    return read_configuration().metrics_directory
