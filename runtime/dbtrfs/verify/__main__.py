"""dbtrfs-verify: compares the running host with the plan that it was generated from."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import time
from pathlib import Path

from dbtrfs.instances import Configuration, read_configuration
from dbtrfs.metrics import write_metrics

from .checks import run_checks
from .figures import figures
from .gather import Gatherer
from .plan import PLAN, Plan, read_plan
from .report import Report, as_json, as_metrics, as_text

AS_PLANNED, DRIFT, USAGE, NOT_RUN = 0, 1, 2, 3


class Refused(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dbtrfs-verify",
        description="Compares this host with its plan. Exit status: 0 as planned, 1 something differs, "
        "2 no such plan or database, 3 could not run.",
    )
    parser.add_argument("databases", nargs="*", metavar="DATABASE", help="only these, and the filesystems they lie on")
    parser.add_argument("--plan", type=Path, default=PLAN, metavar="FILE", help=f"the plan; {PLAN} if not given")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--metrics", action="store_true", help="also write verify.prom for node_exporter")
    options = parser.parse_args()
    if options.metrics and options.databases:
        parser.error("--metrics is for the whole host: leave the databases out")
    return options


def load_plan(path: Path, databases: list[str]) -> Plan:
    try:
        plan = read_plan(path)
    except OSError as error:
        message = (
            f"no plan: {error}. Set dbtrfs.plan to the plan.json beside the generated configuration, or name one "
            "with --plan."
        )
        raise Refused(USAGE, message) from error
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path} is no plan that this version can read: {error!r}. Generate it again with dbtrfs plan."
        raise Refused(USAGE, message) from error
    return only(plan, databases) if databases else plan


def only(plan: Plan, names: list[str]) -> Plan:
    """The plan of these databases and what they lie on."""
    known = [database.name for database in plan.databases]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Refused(USAGE, f"{', '.join(unknown)}: not in the plan, which has {', '.join(known)}.")
    chosen = [database for database in plan.databases if database.name in names]
    points = {database.mount_point for database in chosen}
    return dataclasses.replace(
        plan,
        databases=chosen,
        filesystems=[f for f in plan.filesystems if points & {s.mount_point for s in f.subvolumes}],
        log_filesystems=[f for f in plan.log_filesystems if f.database in names],
    )


def load_configuration() -> Configuration:
    try:
        return read_configuration()
    except OSError as error:
        message = f"{error}. modules/runtime.nix writes it where dbtrfs.instances is not empty."
        raise Refused(NOT_RUN, message) from error


def verify(options: argparse.Namespace) -> int:
    plan = load_plan(options.plan, options.databases)
    if os.geteuid() != 0:
        raise Refused(NOT_RUN, "only root can read the files of every database. Run it with sudo.")
    configuration = load_configuration()
    try:
        facts = Gatherer(configuration).facts(plan)
    except OSError as error:
        raise Refused(NOT_RUN, f"the host could not be read: {error}.") from error
    report = Report(plan.host, run_checks(facts), figures(facts))
    sys.stdout.write(as_json(report) if options.json else as_text(report))
    if options.metrics:
        keep_metrics(configuration.metrics_directory, report)
    return DRIFT if report.findings else AS_PLANNED


def keep_metrics(directory: str, report: Report) -> None:
    try:
        write_metrics(directory, "verify", as_metrics(report, time.time()))
    except OSError as error:
        raise Refused(NOT_RUN, f"no metrics: {error}. systemd-tmpfiles makes {directory}.") from error


def main() -> int:
    options = arguments()
    try:
        return verify(options)
    except Refused as refused:
        print(f"dbtrfs-verify: {refused}", file=sys.stderr)
        return refused.status


if __name__ == "__main__":
    sys.exit(main())
