import unittest
from dataclasses import replace
from pathlib import Path

from .plan import Database, Setting, read_plan
from .servers import Server, Value, parse_settings
from .settings import compare_page_checksums, compare_settings, compare_version

FIXTURES = Path(__file__).parents[3] / "checks/fixtures"


def database(host: str) -> Database:
    return read_plan(FIXTURES / host / "expected/plan.json").databases[0]


def with_settings(host: str, **settings: str | int) -> Database:
    return replace(database(host), settings=[Setting(name, value, None) for name, value in settings.items()])


class Settings(unittest.TestCase):
    def found(self, planned: Database, version: str, **settings: Value | str) -> list[str]:
        values = {name: Value(v) if isinstance(v, str) else v for name, v in settings.items()}
        server = Server(version, values)
        return [f"{f.subject}: {f.found}" for f in compare_settings(planned, server)]

    def test_the_servers_own_unit(self) -> None:
        planned = with_settings("postgresql-oltp", shared_buffers="64MB")
        self.assertEqual(self.found(planned, "17", shared_buffers=Value("8192", "8kB")), [])
        self.assertEqual(self.found(planned, "17", shared_buffers=Value("16384", "8kB")), ["orders, shared_buffers: 16384 × 8kB"])

    def test_a_setting_that_the_server_does_not_know(self) -> None:
        planned = with_settings("postgresql-oltp", io_workers=8)
        self.assertEqual(self.found(planned, "17"), ["orders, io_workers: unknown to the server"])

    def test_a_setting_of_a_later_version_is_not_expected(self) -> None:
        planned = replace(database("postgresql-oltp"), settings=[Setting("file_extend_method", "write_zeros", "17.8")])
        self.assertEqual(self.found(planned, "17.6"), [])
        self.assertEqual(self.found(planned, "17.8"), ["orders, file_extend_method: unknown to the server"])

    def test_a_path_under_another_name(self) -> None:
        planned = with_settings("mysql-oltp", log_bin="/var/lib/mysql/binlog/binlog")
        self.assertEqual(self.found(planned, "8.4.1", log_bin="ON", log_bin_basename="/var/lib/mysql/binlog/binlog"), [])
        self.assertEqual(self.found(planned, "8.4.1", log_bin="OFF", log_bin_basename=""), ["shop, log_bin: "])

    def test_an_option_that_is_no_variable(self) -> None:
        planned = with_settings("cluster-gtid-replica", plugin_load_add="semisync_replica.so", read_only="ON")
        self.assertEqual(self.found(planned, "8.4.1", read_only="ON"), [])

    def test_a_buffer_pool_is_rounded_up_to_its_chunks(self) -> None:
        planned = with_settings("mysql-oltp", innodb_buffer_pool_size="1100M")
        chunks = {"innodb_buffer_pool_chunk_size": str(128 << 20), "innodb_buffer_pool_instances": "1"}
        self.assertEqual(self.found(planned, "8.4.1", innodb_buffer_pool_size=str(1152 << 20), **chunks), [])
        self.assertEqual(len(self.found(planned, "8.4.1", innodb_buffer_pool_size=str(1280 << 20), **chunks)), 1)

    def test_versions_of_a_series(self) -> None:
        def differs(host: str, running: str) -> bool:
            return bool(list(compare_version(database(host), Server(running, {}))))

        self.assertFalse(differs("postgresql-oltp", "17.6 (Debian)"))
        self.assertTrue(differs("postgresql-oltp", "18.1"))
        self.assertFalse(differs("postgresql-timeseries", "17.8"))
        self.assertTrue(differs("postgresql-timeseries", "17.7"))
        self.assertFalse(differs("mysql-oltp", "8.4.6"))
        self.assertTrue(differs("mysql-oltp", "8.0.43"))

    def test_page_checksums(self) -> None:
        def missing(host: str, **settings: str) -> bool:
            values = {name: Value(text) for name, text in settings.items()}
            return bool(list(compare_page_checksums(database(host), Server("", values))))

        self.assertFalse(missing("postgresql-oltp", data_checksums="on"))
        self.assertTrue(missing("postgresql-oltp", data_checksums="off"))
        self.assertTrue(missing("postgresql-latency", data_checksums="off"))
        self.assertFalse(missing("mysql-oltp", innodb_checksum_algorithm="crc32"))
        self.assertTrue(missing("mysql-oltp", innodb_checksum_algorithm="strict_none"))

    def test_page_checksums_that_are_off_are_told_once(self) -> None:
        planned = with_settings("mysql-oltp", innodb_checksum_algorithm="crc32")
        self.assertEqual(self.found(planned, "8.4.1", innodb_checksum_algorithm="none"), [])
        self.assertEqual(len(self.found(planned, "8.4.1", innodb_checksum_algorithm="innodb")), 1)

    def test_what_clients_print(self) -> None:
        settings = parse_settings("fsync\ton\t\nshared_buffers\t8192\t8kB\nlog_line_prefix\ta\nb\t\n")
        self.assertEqual(settings["shared_buffers"], Value("8192", "8kB"))
        self.assertEqual(settings["fsync"], Value("on"))
