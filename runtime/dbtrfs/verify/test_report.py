import dataclasses
import json
import unittest
from pathlib import Path

from dbtrfs.instances import Configuration
from dbtrfs.metrics import Sample, line

from .__main__ import Refused, load_plan
from .ages import Clock
from .checks import run_checks
from .facts import Facts
from .figures import figures
from .finding import Finding, Outcome
from .plan import parse_plan, read_plan
from .prom import parse_metrics
from .report import Report, as_json, as_metrics, as_text

FIXTURES = Path(__file__).parents[3] / "checks/fixtures"
FINDING = Finding("mounts", "/srv", "nothing", "btrfs", "Mount it.")
REPORT = Report(
    "db1",
    {"mounts": Outcome(6, [FINDING]), "space": Outcome(1, [])},
    [Sample("dbtrfs_size_bytes", 1000, {"filesystem": "db1"})],
)


class Reports(unittest.TestCase):
    def test_text_says_what_to_do(self) -> None:
        text = as_text(REPORT)
        self.assertIn("mounts 6, space 1", text)
        self.assertIn("  /srv: found nothing, planned btrfs.\n    Mount it.\n", text)
        self.assertTrue(text.endswith("1 finding.\n"))
        self.assertTrue(as_text(Report("db1", {}, [])).endswith("As planned.\n"))

    def test_json(self) -> None:
        self.assertEqual(
            json.loads(as_json(REPORT)),
            {
                "version": 1,
                "host": "db1",
                "findings": [dataclasses.asdict(FINDING)],
                "figures": {"size_bytes": [{"filesystem": "db1", "value": 1000}]},
                "checks": {"mounts": {"lookedAt": 6, "findings": 1}, "space": {"lookedAt": 1, "findings": 0}},
            },
        )

    def test_metrics_have_every_check(self) -> None:
        lines = [line(sample) for sample in as_metrics(REPORT, 12.7)]
        self.assertEqual(
            lines,
            [
                "dbtrfs_verify_timestamp_seconds 12",
                'dbtrfs_drift_findings{check="mounts"} 1',
                'dbtrfs_drift_findings{check="space"} 0',
                'dbtrfs_size_bytes{filesystem="db1"} 1000',
            ],
        )

    def test_what_another_unit_wrote_is_read(self) -> None:
        text = line(Sample("dbtrfs_drill_success", 0, {"database": "orders"})) + '\nother{a="b",database="x",c="d"} 2.5\n# HELP\n'
        self.assertEqual(parse_metrics(text), {("dbtrfs_drill_success", "orders"): 0, ("other", "x"): 2.5})


class Checks(unittest.TestCase):
    def test_a_host_of_which_nothing_could_be_read(self) -> None:
        plan = read_plan(FIXTURES / "three-engines/expected/plan.json")
        failures = [Finding("server", "people", "could not be read: refused", "an answer", "Start it.")]
        facts = Facts(plan, Configuration({}, "/metrics"), Clock(0, 0), {}, [], [], failures)
        outcomes = run_checks(facts)
        self.assertEqual(len(outcomes["mounts"].findings), 11)
        self.assertEqual(outcomes["server"].findings, failures)
        self.assertEqual(figures(facts), [])


class Plans(unittest.TestCase):
    def test_every_fixture_can_be_read(self) -> None:
        for path in FIXTURES.glob("*/expected/plan.json"):
            with self.subTest(path=path):
                self.assertTrue(read_plan(path).databases)

    def test_page_checksums_by_default_and_by_argument(self) -> None:
        data = json.loads((FIXTURES / "postgresql-oltp/expected/plan.json").read_text())

        def planned(version: str, *arguments: str) -> bool:
            database = data["databases"][0] | {"version": version, "initArguments": [{"argument": a} for a in arguments]}
            return parse_plan(data | {"databases": [database]}).databases[0].page_checksums

        self.assertTrue(planned("17", "--data-checksums"))
        self.assertFalse(planned("17"))
        self.assertTrue(planned("18"))
        self.assertFalse(planned("18", "--no-data-checksums"))

    def test_one_database_and_what_it_lies_on(self) -> None:
        plan = load_plan(FIXTURES / "three-engines/expected/plan.json", ["archive"])
        self.assertEqual([d.name for d in plan.databases], ["archive"])
        self.assertEqual([f.label for f in plan.filesystems], ["town-hdd"])

    def test_refusals_say_what_there_is(self) -> None:
        with self.assertRaisesRegex(Refused, "not in the plan, which has orders"):
            load_plan(FIXTURES / "postgresql-oltp/expected/plan.json", ["order"])
        with self.assertRaisesRegex(Refused, "no plan: .*--plan"):
            load_plan(Path("/nowhere"), [])
        with self.assertRaisesRegex(Refused, "is no plan that this version can read"):
            load_plan(FIXTURES / "postgresql-oltp/spec.json", [])
