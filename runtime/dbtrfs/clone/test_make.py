from __future__ import annotations

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..instances import Configuration, Instance
from ..restore.problems import NotFound, Refused
from ..restore.test_copy_plan import MOUNT, instance
from . import ports, record, report
from .make import refuse_one_more, seconds_of
from .policy import Host, host_of, instance_for
from .request import Request
from .servers import command
from .test_keep import POLICY, READY


def cloned(name: str, **changed: Any) -> Instance:
    return instance(name=name, **({"clone_directory": "/clones"} | changed))


def host(*names: str) -> Host:
    return Host({name: cloned(name) for name in names}, POLICY, "/metrics")


class WhichDatabase(unittest.TestCase):
    def test_the_only_one_needs_no_name(self) -> None:
        self.assertEqual(instance_for(host("shop"), None, None).name, "shop")

    def test_a_snapshot_names_its_own(self) -> None:
        self.assertEqual(instance_for(host("orders", "shop"), None, "shop").name, "shop")

    def test_what_is_open_or_wrong_is_said(self) -> None:
        both = host("orders", "shop")
        for database, of_snapshot in ((None, None), ("shop", "orders"), ("other", None), (None, "other")):
            with self.assertRaises(NotFound):
                instance_for(both, database, of_snapshot)

    def test_a_host_without_clones_refuses(self) -> None:
        with self.assertRaisesRegex(Refused, "clones = true"):
            host_of(Configuration({"shop": instance(name="shop")}, "/metrics"))


class Limits(unittest.TestCase):
    def test_how_long(self) -> None:
        self.assertEqual(seconds_of(POLICY, Request("create", "dev")), 60)
        self.assertEqual(seconds_of(POLICY, Request("create", "dev", ttl="10min")), 600)
        with self.assertRaisesRegex(Refused, "600 s at most"):
            seconds_of(POLICY, Request("create", "dev", ttl="11min"))

    def test_how_many_and_no_name_twice(self) -> None:
        others = [replace(READY, name=name) for name in ("a", "b")]
        refuse_one_more(POLICY, others, "c")
        with self.assertRaisesRegex(Refused, "a clone a already"):
            refuse_one_more(POLICY, others, "a")
        with self.assertRaisesRegex(Refused, "clones.most"):
            refuse_one_more(POLICY, [*others, replace(READY, name="d")], "c")

    def test_ports(self) -> None:
        self.assertEqual(ports.choose(range(5, 9), [5, None], lambda port: port != 6), 7)
        with self.assertRaisesRegex(Refused, "from 5 to 6"):
            ports.choose(range(5, 7), [5], lambda port: False)


class Servers(unittest.TestCase):
    """What a clone must not do to others stands on its command line."""

    def test_postgresql_is_cut_off_from_others(self) -> None:
        line = " ".join(command(cloned("shop", engine="postgresql"), READY, POLICY))
        self.assertTrue(line.startswith(f"/server/bin/postgres -D {MOUNT}/data "))
        for setting in (
            "archive_mode=off",
            "max_wal_senders=0",
            "max_logical_replication_workers=0",
            "synchronous_standby_names=",
            "port=1",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=/run/dbtrfs-clone/dev",
            "shared_buffers=64MB",
        ):
            self.assertIn(f"-c {setting}", line)

    def test_innodb_is_another_server_at_the_originals_paths(self) -> None:
        mysql = cloned("shop", redo=f"{MOUNT}/redo", binlog=f"{MOUNT}/binlog/b")
        options = command(mysql, READY, POLICY)
        self.assertEqual(options[:2], ["/server/bin/mysqld", "--defaults-file=/etc/my.cnf"])
        for option in (
            f"--datadir={MOUNT}/data",
            f"--log-bin={MOUNT}/binlog/b",
            "--socket=/run/dbtrfs-clone/dev/socket",
            "--port=1",
            "--server-id=4000000001",
            "--event-scheduler=OFF",
            "--skip-replica-start",
            "--innodb-buffer-pool-size=128M",
        ):
            self.assertIn(option, options)
        self.assertIn("--skip-slave-start", command(cloned("shop", engine="mariadb"), READY, POLICY))


class Records(unittest.TestCase):
    def test_those_of_one_database_are_found_beside_those_of_another(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            shop, orders = (cloned(name, clone_directory=directory) for name in ("shop", "orders"))
            mine, other = replace(READY, database="shop"), replace(READY, name="b")
            for owner, clone in ((shop, mine), (orders, other)):
                record.write(owner, clone)
            self.assertEqual(record.read_all([shop]), [mine])
            self.assertEqual(record.read_all([shop, orders]), [other, mine])
            self.assertEqual(record.path_of(shop, "dev").stat().st_mode & 0o777, 0o644)
            record.remove(shop, "dev")
            self.assertEqual([path.name for path in Path(directory).iterdir()], ["b"])

    def test_without_any_there_are_none(self) -> None:
        self.assertEqual(record.read_all([cloned("shop", clone_directory="/nowhere")]), [])


class Reports(unittest.TestCase):
    FACTS = {
        "name": "dev", "database": "orders", "snapshot": "orders.20261126T1400", "state": "ready", "unitState": "failed",
        "bytes": 3 << 30, "secondsLeft": 7300, "port": 5500, "path": "/clones/dev/data", "reason": None,
    }  # fmt: skip

    def test_a_failed_server_shows(self) -> None:
        self.assertIn("failed  3.0 GiB  2 h", report.clones([self.FACTS]))

    def test_why_it_was_stopped(self) -> None:
        stopped = self.FACTS | {"state": "stopped", "reason": "it wrote too much"}
        self.assertIn("dev was stopped: it wrote too much.", report.clones([stopped]))
