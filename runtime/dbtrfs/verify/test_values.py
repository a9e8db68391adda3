import unittest

from .values import canonical, seconds, version


class Values(unittest.TestCase):
    def test_one_size_in_two_units(self) -> None:
        self.assertEqual(canonical("7680MB"), canonical("983040", "8kB"))
        self.assertEqual(canonical("21G"), canonical("22548578304"))
        self.assertNotEqual(canonical("7680MB"), canonical("983041", "8kB"))

    def test_one_time_in_two_units(self) -> None:
        self.assertEqual(canonical("15min"), canonical("900", "s"))
        self.assertEqual(canonical("30s"), canonical("30000", "ms"))

    def test_words_for_on_and_off(self) -> None:
        for pair in (("ON", "1"), (True, "on"), (False, "off"), ("yes", True)):
            self.assertEqual(canonical(pair[0]), canonical(pair[1]))
        self.assertNotEqual(canonical("ON"), canonical("DETECT_ONLY"))

    def test_a_negative_number_is_no_size(self) -> None:
        self.assertEqual(canonical(-1), canonical("-1", "8kB"))

    def test_paths_and_words(self) -> None:
        self.assertEqual(canonical("/var/lib/mysql/redo"), canonical("/var/lib/mysql/redo/"))
        self.assertEqual(canonical("WAL"), canonical("wal"))
        self.assertNotEqual(canonical("lz4"), canonical("zstd"))

    def test_decimals(self) -> None:
        self.assertEqual(canonical(1.1), canonical("1.1"))
        self.assertNotEqual(canonical(1.1), canonical("4"))

    def test_intervals_and_versions(self) -> None:
        self.assertEqual(seconds("15min"), 900)
        self.assertEqual(seconds("1w"), 604800)
        self.assertRaises(ValueError, seconds, "often")
        self.assertEqual(version("17.6 (Debian 17.6-0+deb13u1)"), (17, 6))
        self.assertEqual(version("11.8.3-MariaDB-0+deb13u1"), (11, 8, 3))
        self.assertRaises(ValueError, version, "unknown")
