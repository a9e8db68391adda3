"""PostgreSQL: hygiene, recovery onto a timeline of its own, and pg_amcheck."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
from pathlib import Path

from ..commands import CommandFailed
from ..environment_file import environment_of
from . import postgresql_files as files
from .engine import Engine, Task
from .moments import in_words
from .problems import CheckFailed, Refused


class PostgreSQL(Engine):
    @classmethod
    def refuse(cls, task: Task) -> None:
        instance = task.copy.instance
        data = task.snapshot.path / Path(instance.data_directory).relative_to(instance.mount_point)
        if not (data / "PG_VERSION").is_file():
            raise Refused(f"{data} holds no PostgreSQL cluster. Choose another snapshot; --list names them.")
        spaces = data / "pg_tblspc"
        if spaces.is_dir() and os.listdir(spaces):
            raise Refused(
                f"{instance.name} has tablespaces outside of its data directory, and a snapshot holds none of them."
                " Restore it from a backup of the engine's own."
            )
        if task.until is not None and _archive(task) is None:
            raise Refused(
                f"No WAL of {instance.name} is archived (its backup names no walCommand), so nothing leads from the"
                " snapshot to that time. Leave out --until, or plan a backup with a point in time."
            )

    def tidy(self) -> list[str]:
        data = self.copy.data
        done = [f"removed {name}" for name in files.stale_files(os.listdir(data))]
        for name in files.stale_files(os.listdir(data)):
            (data / name).unlink()
        done += self._remove_slots() + self._link_log() + self._keep_histories() + self._link_settings()
        if self.task.beside:
            with (data / "postgresql.auto.conf").open("a") as settings:
                settings.write(files.BESIDE_SETTINGS)
            done.append("archiving is off in the copy")
        return done

    def _remove_slots(self) -> list[str]:
        folder = self.copy.data / "pg_replslot"
        slots = sorted(os.listdir(folder)) if folder.is_dir() else []
        for slot in slots:
            shutil.rmtree(folder / slot)
        return [f"removed the replication slot {slot}" for slot in slots]

    def _link_log(self) -> list[str]:
        link = self.copy.data / "pg_wal"
        if not link.is_symlink():
            return []
        target = files.log_link(os.readlink(link), self.instance.data_directory, self.copy)
        replace_link(link, target)
        (link.resolve() / "archive_status").mkdir(exist_ok=True)
        shutil.chown(link.resolve() / "archive_status", self.instance.user, self.instance.group)
        return [f"pg_wal leads to {link.resolve()}"]

    def _keep_histories(self) -> list[str]:
        """Recovery takes the next number that no timeline has had: those since the snapshot count too."""
        live, here = Path(self.instance.data_directory) / "pg_wal", self.copy.data / "pg_wal"
        if self.task.beside or not live.is_dir():
            return []
        known = files.histories(os.listdir(live))
        for name in known:
            shutil.copy2(live / name, here / name)
            shutil.chown(here / name, self.instance.user, self.instance.group)
        return [f"kept {name}" for name in known]

    def _link_settings(self) -> list[str]:
        """NixOS links postgresql.conf to the store; the one of an older generation may be gone."""
        here, live = self.copy.data / "postgresql.conf", Path(self.instance.data_directory) / "postgresql.conf"
        if live.is_symlink() and live.exists():
            replace_link(here, os.path.realpath(live))
        elif not here.exists():
            here.unlink(missing_ok=True)
            here.touch()
            shutil.chown(here, self.instance.user, self.instance.group)
        return []

    def check(self) -> list[str]:
        (self.folder / "hba.conf").write_text("local all all trust\n")
        settings = files.private_settings(self.folder)
        if self._recovers_from_archive():
            signal_file = self.copy.data / "recovery.signal"
            signal_file.touch()
            shutil.chown(signal_file, self.instance.user, self.instance.group)
            settings |= files.recovery_settings(self._restore_command(), self.task.until)
        if not self.task.beside:
            # What the end of recovery writes is for the archive too, the timeline's history above all: it is marked so
            # here, and the database's own server archives it.
            settings["archive_mode"] = self._setting("archive_mode")
        command = [self.program("postgres"), "-D", str(self.copy.data), *files.arguments(settings)]
        found = []
        with self.server.running(command, lambda: self._sql("SELECT 1;"), signal.SIGINT, self._keys_of_archive()):
            found += self._look_around()
            if self.task.level == "full":
                found += self._amcheck()
        if self.task.level == "full":
            found += self._checksums()
        (self.copy.data / "postmaster.opts").unlink(missing_ok=True)
        return found

    def _recovers_from_archive(self) -> bool:
        """The end of archive recovery begins a new timeline, so that no segment is written that the archive has under
        the same name. It refuses WAL of wal_level minimal, which no archive holds either."""
        data = self.server.run_as_user(self.program("pg_controldata"), "-D", str(self.copy.data))
        return re.search(r"^wal_level setting:\s+minimal$", data, re.MULTILINE) is None

    def _setting(self, name: str) -> str:
        """As the database's configuration has it, before any server runs."""
        return self.server.run_as_user(self.program("postgres"), "-D", str(self.copy.data), "-C", name).strip()

    def _asks_archive(self) -> bool:
        """A copy beside the database archives nothing, so its timeline may have any number."""
        return self.task.until is not None or not self.task.beside

    def _restore_command(self) -> str:
        log = os.path.realpath(f"{self.instance.data_directory}/pg_wal")
        return files.restore_command(
            _archive(self.task) if self._asks_archive() else None,
            log if os.path.isdir(log) else None,
            histories_only=self.task.until is None,
        )

    def _keys_of_archive(self) -> dict[str, str]:
        file = (self.instance.backup or {}).get("environmentFile")
        return environment_of(file, "PGBACKREST_") if file is not None and self._asks_archive() else {}

    def _client(self, program: str) -> list[str]:
        return [self.program(program), f"--host={self.folder}", "--port=6000", "--username=postgres"]

    def _sql(self, statements: str, database: str = "postgres") -> str:
        options = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]
        return self.server.run_as_user(*self._client("psql"), *options, f"--dbname={database}", input=statements).strip()

    def _databases(self) -> list[str]:
        return self._sql("SELECT datname FROM pg_database WHERE datallowconn ORDER BY 1;").splitlines()

    def _look_around(self) -> list[str]:
        databases = self._databases()
        tables = [int(self._sql("SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'm');", d)) for d in databases]
        found = [f"{len(databases)} databases, {sum(tables)} tables"]
        last = self._sql("SELECT timeline_id FROM pg_control_checkpoint();")
        found.append(f"timeline {last}")
        return found + self._where_recovery_stopped()

    def _where_recovery_stopped(self) -> list[str]:
        if self.task.until is None:
            return []
        log = self.server.log.read_text(errors="replace")
        stopped = re.findall(r"recovery stopping .*|last completed transaction was at log time .*", log)
        return [f"asked for {in_words(self.task.until)}", *stopped]

    def _amcheck(self) -> list[str]:
        """Every page of every table, and every row through every index. The extension goes where it was not."""
        present = "SELECT count(*) FROM pg_extension WHERE extname = 'amcheck';"
        if self._sql("SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck';") == "0":
            return ["pg_amcheck left out: the server has no amcheck"]
        added = [d for d in self._databases() if self._sql(present, d) == "0"]
        for database in added:
            self._sql("CREATE EXTENSION amcheck;", database)
        try:
            self.server.run_as_user(*self._client("pg_amcheck"), "--all", "--heapallindexed")
        except CommandFailed as error:
            raise CheckFailed(f"pg_amcheck found:\n{error.output.strip()}") from None
        for database in added:
            self._sql("DROP EXTENSION amcheck;", database)
        return ["pg_amcheck --heapallindexed: clean"]

    def _checksums(self) -> list[str]:
        data = self.server.run_as_user(self.program("pg_controldata"), "-D", str(self.copy.data))
        if re.search(r"^Data page checksum version:\s+0$", data, re.MULTILINE):
            return []
        try:
            self.server.run_as_user(self.program("pg_checksums"), "--check", "-D", str(self.copy.data))
        except CommandFailed as error:
            raise CheckFailed(f"pg_checksums found:\n{error.output.strip()}") from None
        return ["pg_checksums: clean"]

    def settle(self) -> None:
        link = self.copy.data / "pg_wal"
        if link.is_symlink():
            log = self.copy.original(link.resolve())
            replace_link(link, os.path.relpath(log, self.instance.data_directory))

    def how_to_start(self) -> str:
        folder = f"/run/{self.instance.name}-restored"
        return (
            f"install -d -o {self.instance.user} -g {self.instance.group} {folder}\n"
            f"runuser -u {self.instance.user} -- {self.program('postgres')} -D {shlex.quote(str(self.copy.data))}"
            f" -c listen_addresses= -c unix_socket_directories={folder} &\n"
            f"runuser -u {self.instance.user} -- {self.program('psql')} --host={folder} --port={self.instance.port}"
        )


def _archive(task: Task) -> str | None:
    backup = task.copy.instance.backup
    return None if backup is None else backup.get("walCommand")


def replace_link(link: Path, target: str) -> None:
    staged = link.with_name(f"{link.name}.new")
    staged.unlink(missing_ok=True)
    staged.symlink_to(target)
    os.lchown(staged, *_owner(link.parent))
    os.replace(staged, link)


def _owner(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_uid, stat.st_gid
