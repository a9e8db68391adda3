"""dbtrfs-verify on a host that nobody has touched finds nothing, before and after a reboot, and its unit agrees."""

from __future__ import annotations

import json
from typing import Any

from archive import archive_takes_all
from compare import differences
from engines import engines
from host import Host
from layout import fill


def run(host: Host) -> None:
    host.wait_until_up()
    archive_takes_all(host)
    with host.subtest("freshly started"):
        expect_clean(host)
    for engine in engines(host):
        fill(engine, host.channel)
    with host.subtest("with data, after a reboot"):
        host.reboot()
        host.wait_until_up()
        report = expect_clean(host)
    with host.subtest("the unit, and its metrics"):
        host.machine.succeed("systemctl start dbtrfs-verify.service")
        expect_metrics(host)
    found = differences(host)
    if found:
        raise AssertionError("the comparison of its own found:\n" + "\n".join(found))
    host.counts["findings"] = 0
    host.counts["checks"] = len(report["checks"])
    host.counts["lookedAt"] = sum(check["lookedAt"] for check in report["checks"].values())


def verify(host: Host, arguments: str = "") -> tuple[int, dict[str, Any]]:
    """Its exit status and what it reports."""
    status, output = host.machine.execute(f"dbtrfs-verify --json {arguments}")
    if status not in (0, 1):
        raise AssertionError(f"dbtrfs-verify: exit status {status}: {output}")
    return status, json.loads(output)


def expect_clean(host: Host) -> dict[str, Any]:
    status, report = verify(host)
    if status != 0 or report["findings"]:
        raise AssertionError("findings on a host as planned:\n" + "\n".join(map(str, report["findings"])))
    return report


def expect_metrics(host: Host) -> None:
    """One of each for every filesystem and database, and no drift."""
    lines = host.machine.succeed("cat /var/lib/dbtrfs/metrics/verify.prom").splitlines()
    drift = [line for line in lines if line.startswith("dbtrfs_drift_findings") and not line.endswith(" 0")]
    if drift:
        raise AssertionError(f"drift in the metrics: {drift}")
    for filesystem in host.plan["filesystems"]:
        for name in ("size_bytes", "unallocated_bytes", "scrub_timestamp_seconds", "commits_total"):
            expect_line(lines, f'dbtrfs_{name}{{filesystem="{filesystem["label"]}"}}')
    for database in host.databases:
        expect_line(lines, f'dbtrfs_largest_file_extents{{database="{database["name"]}",')
    expect_line(lines, "dbtrfs_verify_timestamp_seconds")


def expect_line(lines: list[str], beginning: str) -> None:
    if not any(line.startswith(beginning) for line in lines):
        raise AssertionError(f"no metric {beginning}")
