"""The result for people, for programs and for Prometheus."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from ..metrics import Sample
from ..verify.finding import Finding, Outcome
from .gather import Facts


def findings_of(outcomes: Mapping[str, Outcome]) -> list[Finding]:
    return [finding for outcome in outcomes.values() for finding in outcome.findings]


def as_text(facts: Facts, outcomes: Mapping[str, Outcome]) -> str:
    complete = sum(len(d.stored.complete) for d in facts.databases if d.stored is not None)
    lines = [f"{len(facts.databases)} databases of {len(facts.senders)} hosts, {complete} snapshots received."]
    for name, outcome in outcomes.items():
        if outcome.findings:
            lines += ["", name]
        for finding in outcome.findings:
            lines += [f"  {finding.subject}: found {finding.found}, wanted {finding.planned}.", f"    {finding.advice}"]
    count = len(findings_of(outcomes))
    lines += ["", "Nothing is wrong." if count == 0 else f"{count} finding{'s' if count > 1 else ''}."]
    return "\n".join(lines) + "\n"


def as_json(outcomes: Mapping[str, Outcome]) -> str:
    """`version` grows when a field changes its meaning or goes; new ones may come."""
    checks = {name: {"lookedAt": outcome.looked_at, "findings": len(outcome.findings)} for name, outcome in outcomes.items()}
    document = {"version": 1, "findings": [asdict(finding) for finding in findings_of(outcomes)], "checks": checks}
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def as_metrics(facts: Facts, outcomes: Mapping[str, Outcome]) -> list[Sample]:
    """`sender` and not `host`, which Prometheus' own configuration often gives to the host that is asked."""
    samples = [Sample("dbtrfs_received_verify_timestamp_seconds", int(facts.clock.now))]
    samples += [Sample("dbtrfs_received_findings", len(outcome.findings), {"check": name}) for name, outcome in outcomes.items()]
    for database in facts.databases:
        labels = {"sender": database.sent.host, "database": database.sent.name}
        complete = [] if database.stored is None else database.stored.complete
        samples.append(Sample("dbtrfs_received_snapshots", len(complete), labels))
        if complete:
            samples.append(Sample("dbtrfs_received_timestamp_seconds", int(complete[-1].snapshot.taken.timestamp()), labels))
    for sender in facts.senders:
        if sender.usage is not None and sender.usage.limit is not None:
            labels = {"sender": sender.sender.name}
            samples.append(Sample("dbtrfs_received_bytes", sender.usage.used, labels))
            samples.append(Sample("dbtrfs_received_limit_bytes", sender.usage.limit, labels))
    return samples
