from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from .result import last_success_of, record


class Result(unittest.TestCase):
    def test_a_failure_keeps_the_time_of_the_last_success(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            record(folder, "orders", True, 12.34, 1000)
            record(folder, "orders", False, 5, 2000)
            text = (Path(folder) / "drill-orders.prom").read_text()
        self.assertIn('dbtrfs_drill_success{database="orders"} 0\n', text)
        self.assertIn('dbtrfs_drill_seconds{database="orders"} 5\n', text)
        self.assertEqual(last_success_of(text), 1000)

    def test_without_a_success_there_is_no_time(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            record(folder, "orders", False, 5, 2000)
            self.assertIsNone(last_success_of((Path(folder) / "drill-orders.prom").read_text()))
