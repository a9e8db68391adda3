"""The command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

ABOUT = """Makes a writable copy of a database for work that must not touch it: from a snapshot, in a moment, at first
without room of its own, and deleted when its time is over. For members of the group that the host's configuration names."""

STATUS = """exit status: 0 done; 1 the clone's server failed; 2 wrong usage, or no such thing; 3 refused"""

FROM = "`latest`, or a snapshot's name as `list --snapshots` shows it"
TTL = "how long it lives: 30min, 4h, 2d"


def parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("dbtrfs-clone", description=ABOUT, epilog=STATUS)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_create(actions.add_parser("create", help="a new clone"))
    add_list(actions.add_parser("list", help="what clones there are"))
    add_destroy(actions.add_parser("destroy", help="stop a clone and delete its files"))
    add_reset(actions.add_parser("reset", help="throw away what a clone wrote"))
    serve = actions.add_parser("serve", help="for the clone's unit: become its server")
    serve.add_argument("name")
    actions.add_parser("answer", help="for the socket's unit: answer one request")
    actions.add_parser("keep", help="for the timer: end what is over, stop what takes too much")
    return parser.parse_args(words)


def add_create(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what the clone is to be called")
    parser.add_argument("--from", metavar="SNAPSHOT", dest="source", default="latest", help=FROM)
    parser.add_argument("--database", metavar="NAME", help="of which database, where there are several")
    parser.add_argument("--ttl", metavar="TIME", help=TTL)
    add_json(parser)


def add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="NAME", help="of this database alone")
    parser.add_argument("--snapshots", action="store_true", help="what clones can be made of, instead")
    add_json(parser)


def add_destroy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    add_json(parser)


def add_reset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--from", metavar="SNAPSHOT", dest="source", help=f"begin with another snapshot: {FROM}")
    parser.add_argument("--ttl", metavar="TIME", help=f"{TTL}, from now on; else its end stays")
    add_json(parser)


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the result as JSON")
