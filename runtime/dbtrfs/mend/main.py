"""dbtrfs-mend: from the command line to an exit status."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ..restore.host import instance_named, say
from ..restore.lock import restoring
from ..restore.problems import RestoreProblem
from .mend import mend

ABOUT = """Restores the one page that MySQL does not: that of the transaction system (page 5 of ibdata1), which each start
reads before it restores torn pages from the doublewrite files. Takes the copy that those have, where it is whole and new
enough; writes nothing where the page is whole. For a server that is stopped."""

STATUS = """exit status: 0 the page is whole now; 2 wrong usage, or no such database; 3 refused"""


def main(words: Sequence[str]) -> int:
    given = parse(words)
    try:
        instance = instance_named(given.name)
        with restoring(instance):
            print(mend(instance))
        return 0
    except RestoreProblem as problem:
        say(f"dbtrfs-mend: {problem}")
        return problem.status


def parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("dbtrfs-mend", description=ABOUT, epilog=STATUS)
    parser.add_argument("name", metavar="NAME", help="the database, as in dbtrfs.instances")
    return parser.parse_args(words)
