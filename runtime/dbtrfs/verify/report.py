"""The result for people, for programs and for Prometheus."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dbtrfs.metrics import Sample

from .finding import Finding, Outcome


@dataclass(frozen=True)
class Report:
    host: str
    outcomes: Mapping[str, Outcome]
    figures: list[Sample]

    @property
    def findings(self) -> list[Finding]:
        return [finding for outcome in self.outcomes.values() for finding in outcome.findings]


def as_text(report: Report) -> str:
    looked_at = ", ".join(f"{name} {outcome.looked_at}" for name, outcome in report.outcomes.items())
    lines = [f"{report.host}: compared with its plan: {looked_at}."]
    for name, outcome in report.outcomes.items():
        if outcome.findings:
            lines += ["", name]
        for finding in outcome.findings:
            lines += [f"  {finding.subject}: found {finding.found}, planned {finding.planned}.", f"    {finding.advice}"]
    count = len(report.findings)
    lines += ["", "As planned." if count == 0 else f"{count} finding{'s' if count > 1 else ''}."]
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """`version` grows when a field changes its meaning or goes; new ones may come."""
    figures: dict[str, list[dict[str, Any]]] = {}
    for sample in report.figures:
        entry: dict[str, Any] = {**sample.labels, "value": sample.value}
        figures.setdefault(sample.name.removeprefix("dbtrfs_"), []).append(entry)
    document = {
        "version": 1,
        "host": report.host,
        "findings": [asdict(finding) for finding in report.findings],
        "figures": figures,
        "checks": {name: {"lookedAt": o.looked_at, "findings": len(o.findings)} for name, o in report.outcomes.items()},
    }
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def as_metrics(report: Report, now: float) -> list[Sample]:
    counted = [Sample("dbtrfs_drift_findings", len(o.findings), {"check": n}) for n, o in report.outcomes.items()]
    return [Sample("dbtrfs_verify_timestamp_seconds", int(now)), *counted, *report.figures]
