from __future__ import annotations

import unittest
from datetime import datetime
from pathlib import Path, PurePath

from . import innodb_files, postgresql_files
from .moments import END
from .places import Copy, staged
from .problems import Refused
from .test_copy_plan import MOUNT, directory, instance


class PostgreSQLFiles(unittest.TestCase):
    def test_the_running_servers_files_go(self) -> None:
        names = ["base", "postmaster.pid", "standby.signal", "PG_VERSION"]
        self.assertEqual(postgresql_files.stale_files(names), ["postmaster.pid", "standby.signal"])

    def test_the_log_is_the_copys_however_the_link_was_written(self) -> None:
        host = instance(directory(f"{MOUNT}/wal"), data_directory=f"{MOUNT}/17")
        for link in ("../wal/17", f"{MOUNT}/wal/17"):
            self.assertEqual(postgresql_files.log_link(link, f"{MOUNT}/17", Copy(host, Path("/t"))), "../wal/17")

    def test_staged_beside_its_own_filesystem(self) -> None:
        host = instance(directory(f"{MOUNT}/wal"), log_filesystem=f"{MOUNT}/wal", data_directory=f"{MOUNT}/17")
        link = postgresql_files.log_link("../wal/17", f"{MOUNT}/17", staged(host))
        self.assertEqual(link, "../../../wal/.dbtrfs/new/17")

    def test_a_restore_without_a_time_asks_the_archive_for_histories_alone(self) -> None:
        command = postgresql_files.restore_command("get %f %p", "/wal", histories_only=True)
        self.assertEqual(command, 'case "%f" in *.history) { get %f %p; } ;; *) false ;; esac')
        self.assertIn("false", postgresql_files.restore_command(None, None, histories_only=True))

    def test_a_point_in_time_takes_what_is_not_archived_yet_from_the_running_server(self) -> None:
        command = postgresql_files.restore_command("get %f %p", "/w al", histories_only=False)
        self.assertEqual(command, """{ get %f %p; } || cp -- '/w al'/"%f" "%p\"""")

    def test_the_timeline(self) -> None:
        self.assertEqual(postgresql_files.recovery_settings("x", None)["recovery_target_timeline"], "current")
        moment = datetime.fromisoformat("2026-11-26T14:00:00+01:00")
        settings = postgresql_files.recovery_settings("x", moment)
        self.assertEqual(settings["recovery_target_timeline"], "latest")
        self.assertEqual(settings["recovery_target_time"], "2026-11-26 14:00:00+01:00")

    def test_the_end_of_the_log_is_no_time(self) -> None:
        settings = postgresql_files.recovery_settings("x", END)
        self.assertEqual(settings["recovery_target_timeline"], "latest")
        self.assertNotIn("recovery_target_time", settings)

    def test_histories_of_timelines(self) -> None:
        names = ["00000002.history", "000000010000000000000005", "archive_status", "00000003.history"]
        self.assertEqual(postgresql_files.histories(names), ["00000002.history", "00000003.history"])


class InnoDBFiles(unittest.TestCase):
    def test_the_index_names_the_copys_files(self) -> None:
        index = "/var/lib/mysql/log/b.000001\n./b.000002\n"
        self.assertEqual(innodb_files.index_with_paths(index, PurePath("/t")), "/t/b.000001\n/t/b.000002\n")

    def test_every_directory_of_the_running_server_is_said_anew(self) -> None:
        host = instance(redo=f"{MOUNT}/redo", binlog=f"{MOUNT}/binlog/b")
        options = innodb_files.private_options(Copy(host, Path("/t")), Path("/run/x"))
        self.assertEqual([o for o in options if MOUNT in o], [])
        for option in ("--datadir=/t/data", "--innodb-log-group-home-dir=/t/redo", "--log-bin=/t/binlog/b"):
            self.assertIn(option, options)

    def test_where_the_binary_log_is_left(self) -> None:
        moment = datetime(2026, 11, 26, 14, 0).astimezone()
        self.assertEqual(innodb_files.stop_at(moment), ["--stop-datetime=2026-11-26 14:00:00"])
        self.assertEqual(innodb_files.stop_at(END), [])

    def test_binary_logs_from_the_position_on(self) -> None:
        paths = [PurePath(p) for p in ("/a/b.000002", "/a/b.000003", "/z/b.000003", "/z/b.000004", "/a/b.index")]
        found = innodb_files.logs_since("b.000003", paths)
        self.assertEqual(found, [PurePath("/a/b.000003"), PurePath("/z/b.000004")])

    def test_a_hole_is_refused_by_name(self) -> None:
        with self.assertRaisesRegex(Refused, "b.000004 is missing"):
            innodb_files.logs_since("b.000003", [PurePath("/a/b.000003"), PurePath("/a/b.000005")])
        with self.assertRaisesRegex(Refused, "b.000003 is missing"):
            innodb_files.logs_since("b.000003", [])

    def test_position(self) -> None:
        self.assertEqual(innodb_files.parse_position("b.000003 157   "), innodb_files.Position("b.000003", 157))

    def test_damage_is_told_from_notes(self) -> None:
        answer = "s.a\tcheck\tstatus\tOK\ns.b\tcheck\tnote\tupgrade\ns.b\tcheck\terror\tCorrupt\ns.c\tcheck\tstatus\tOperation failed"
        self.assertEqual(innodb_files.damaged_tables(answer), ["s.b check error Corrupt", "s.c check status Operation failed"])
