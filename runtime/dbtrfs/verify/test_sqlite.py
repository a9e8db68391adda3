import sqlite3
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from .plan import Setting, read_plan
from .sqlite import HEADER, Header, compare_header, parse_header

FIXTURES = Path(__file__).parents[3] / "checks/fixtures"


class Headers(unittest.TestCase):
    """Of files that SQLite wrote."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "app.db"

    def header(self, *pragmas: str) -> Header | None:
        connection = sqlite3.connect(self.path)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("CREATE TABLE IF NOT EXISTS t (x)")
        connection.commit()
        connection.close()
        return parse_header(str(self.path), self.path.read_bytes()[:HEADER])

    def kept(self, *pragmas: str) -> dict[str, str]:
        header = self.header(*pragmas)
        return header.kept if header else {}

    def test_defaults(self) -> None:
        self.assertEqual(self.kept("page_size = 4096"), {"page_size": "4096", "journal_mode": "delete", "auto_vacuum": "none"})

    def test_settings(self) -> None:
        kept = self.kept("page_size = 65536", "auto_vacuum = INCREMENTAL", "journal_mode = WAL")
        self.assertEqual(kept, {"page_size": "65536", "journal_mode": "wal", "auto_vacuum": "incremental"})

    def test_full_vacuum(self) -> None:
        self.assertEqual(self.kept("auto_vacuum = FULL")["auto_vacuum"], "full")

    def test_other_files(self) -> None:
        self.assertIsNone(parse_header("x", b""))
        self.assertIsNone(parse_header("x", b"text" * 100))

    def test_against_a_plan(self) -> None:
        settings = [Setting("page_size", 4096, None), Setting("journal_mode", "WAL", None), Setting("synchronous", "FULL", None)]
        plan = read_plan(FIXTURES / "sqlite-many/expected/plan.json")
        database = replace(plan.databases[0], settings=settings)
        wrong = self.header("page_size = 8192")
        assert wrong is not None
        self.assertEqual([f.found for f in compare_header(database, wrong)], ["8192", "delete"])
