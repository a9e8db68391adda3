import dataclasses
import unittest
from dataclasses import replace
from pathlib import Path
from typing import Any

from dbtrfs.instances import Configuration, Instance

from .gather import Gatherer
from .plan import Database, read_plan

FIXTURES = Path(__file__).parents[3] / "checks/fixtures"
NOWHERE = "/nowhere/at-all"


def gone(host: str) -> tuple[Database, Instance]:
    """A database of which nothing is there, not even its server's client."""
    planned = read_plan(FIXTURES / host / "expected/plan.json").databases[0]
    directories = [replace(d, path=NOWHERE) for d in planned.directories[:1]]
    planned = replace(planned, mount_point=NOWHERE, data_directory=NOWHERE, directories=directories)
    fields: dict[str, Any] = {field.name: None for field in dataclasses.fields(Instance)}
    fields |= {"name": planned.name, "engine": planned.engine, "user": "root", "units": [], "snapshot_directory": NOWHERE}
    fields["server"] = None if planned.engine == "sqlite" else NOWHERE
    return planned, Instance(**fields)


class Gathering(unittest.TestCase):
    def failures(self, host: str) -> set[str]:
        planned, instance = gone(host)
        gatherer = Gatherer(Configuration({planned.name: instance}, NOWHERE))
        self.assertIsNotNone(gatherer.database(planned))
        return {failure.check for failure in gatherer.failures}

    def test_what_is_not_there_is_a_finding_and_no_crash(self) -> None:
        self.assertEqual(self.failures("postgresql-oltp"), {"mounts", "owners", "server", "snapshots"})
        self.assertEqual(self.failures("sqlite-many"), {"mounts", "owners", "snapshots"})

    def test_a_database_that_is_not_configured(self) -> None:
        planned, _ = gone("postgresql-oltp")
        gatherer = Gatherer(Configuration({}, NOWHERE))
        self.assertIsNone(gatherer.database(planned))
        self.assertEqual([(f.check, f.subject) for f in gatherer.failures], [("instances", "orders")])
