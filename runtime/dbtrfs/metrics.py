"""Metrics in Prometheus' text format, as files for node_exporter's textfile collector.

https://prometheus.io/docs/instrumenting/exposition_formats/ and
https://github.com/prometheus/node_exporter#textfile-collector: a file appears by rename, so that none is read half.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def escape(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def line(sample: Sample) -> str:
    labels = ",".join(f'{key}="{escape(value)}"' for key, value in sorted(sample.labels.items()))
    value = int(sample.value) if float(sample.value).is_integer() else sample.value
    return f"{sample.name}{{{labels}}} {value}" if labels else f"{sample.name} {value}"


def write_metrics(directory: str, name: str, samples: Iterable[Sample]) -> None:
    """Replaces DIRECTORY/NAME.prom by these samples."""
    target = Path(directory) / f"{name}.prom"
    staged = target.with_suffix(".prom.new")
    staged.write_text("".join(f"{line(s)}\n" for s in sorted(samples, key=lambda s: (s.name, sorted(s.labels.items())))))
    staged.chmod(0o644)
    os.replace(staged, target)
