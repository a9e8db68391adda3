"""The command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

ABOUT = """Lists and restores snapshots of a database that dbtrfs planned. By default the copy is made beside the running
database, which is not touched; it is started and checked before this says that it is done."""

STATUS = """exit status: 0 done; 1 the copy failed its check; 2 wrong usage, or no such snapshot; 3 refused"""


def parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("dbtrfs-restore", description=ABOUT, epilog=STATUS)
    add = parser.add_argument
    add("name", metavar="NAME", help="the database, as in dbtrfs.instances")
    add("--list", action="store_true", help="what snapshots there are")
    add("--at", metavar="TIME", help='the newest snapshot not after "2026-11-26 14:00"; `latest`; or a snapshot\'s name')
    add("--until", metavar="TIME", help="and what was committed from there up to this moment, from the archived log; `end`: all")
    add("--to", metavar="DIR", type=Path, help="where the copy beside is made; else in .dbtrfs below the mount point")
    add("--in-place", action="store_true", help="the copy replaces the database, which is kept as a snapshot")
    add("--from", metavar="DIR", type=Path, dest="source", help="another folder of snapshots, as btrbk received them")
    add("--check", choices=("full", "quick"), default="full", help="quick leaves out what reads every page")
    add("--yes", action="store_true", help="do not ask before the database is replaced")
    add("--json", action="store_true", help="the result as JSON")
    add("--resume", action="store_true", help="only put right what an interrupted restore left, and start no unit")
    arguments = parser.parse_args(words)
    if arguments.in_place and arguments.to is not None:
        parser.error("--in-place and --to: choose one. The copy replaces the database, or it lies in a directory.")
    if not (arguments.list or arguments.at or arguments.until or arguments.resume):
        parser.error("what? Give --list, --at TIME, --at latest or --until TIME.")
    return arguments
