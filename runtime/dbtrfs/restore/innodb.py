"""MySQL and MariaDB: hygiene, the private server, CHECK TABLE, and the binary log up to a point in time."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from pathlib import Path

from ..commands import CommandFailed
from . import innodb_files as files
from .engine import Engine, Task
from .moments import in_words
from .places import live
from .private_server import as_user
from .problems import CheckFailed, Refused


class InnoDB(Engine):
    @classmethod
    def refuse(cls, task: Task) -> None:
        instance = task.copy.instance
        data = task.snapshot.path / Path(instance.data_directory).relative_to(instance.mount_point)
        if not (data / "ibdata1").is_file():
            raise Refused(f"{data} holds no InnoDB. Choose another snapshot; --list names them.")
        if task.until is None:
            return
        if instance.binlog is None or "binlog" not in task.snapshot.facts:
            raise Refused(
                f"{task.snapshot.name} records no position of a binary log, so nothing leads from it to that time."
                " Leave out --until, or plan a binary log."
            )
        binlogs_since(task)

    def tidy(self) -> list[str]:
        done = []
        for name in files.OF_THE_SERVER:
            if self.task.beside and (self.copy.data / name).exists():
                (self.copy.data / name).unlink()
                done.append(f"removed {name}: the copy is a server of its own")
        if self.instance.binlog is not None:
            self._name_binlogs(self.copy.locate(self.instance.binlog).parent)
        return done

    def _index(self) -> Path:
        return Path(f"{self.copy.locate(str(self.instance.binlog))}.index")

    def _name_binlogs(self, directory: Path) -> None:
        """Recovery asks the binary log which prepared transactions are committed, so it must be the copy's own."""
        index = self._index()
        if index.is_file():
            index.write_text(files.index_with_paths(index.read_text(), directory))

    def check(self) -> list[str]:
        command = [self.program("mysqld"), *files.private_options(self.copy, self.folder)]
        with self.server.running(command, lambda: self._sql("SELECT 1;"), signal.SIGTERM):
            found = self._replay() + self._look_around()
            if self.task.level == "full":
                found += self._check_tables()
        return found

    def _client(self) -> list[str]:
        options = [f"--socket={self.folder}/socket", f"--user={self.instance.user}", "--batch", "--skip-column-names"]
        return [self.program("mysql"), *options]

    def _sql(self, statements: str) -> str:
        return self.server.run_as_user(*self._client(), input=statements).strip()

    def _tables(self) -> list[str]:
        """Quoted names."""
        named = "CONCAT('`', REPLACE(table_schema, '`', '``'), '`.`', REPLACE(table_name, '`', '``'), '`')"
        where = "engine = 'InnoDB' AND table_type = 'BASE TABLE'"
        return self._sql(f"SELECT {named} FROM information_schema.tables WHERE {where} ORDER BY 1;").splitlines()

    def _look_around(self) -> list[str]:
        return [f"{len(self._tables())} InnoDB tables"]

    def _check_tables(self) -> list[str]:
        tables = self._tables()
        try:
            answer = self._sql("".join(f"CHECK TABLE {table} EXTENDED;\n" for table in tables))
        except CommandFailed as error:
            raise CheckFailed(f"CHECK TABLE: {error.output.strip()}\n{self.server.last_words()}") from None
        if bad := files.damaged_tables(answer):
            raise CheckFailed("CHECK TABLE found:\n" + "\n".join(bad))
        return ["CHECK TABLE … EXTENDED: clean"]

    def _replay(self) -> list[str]:
        if self.task.until is None:
            return []
        position = files.parse_position(self.task.snapshot.facts["binlog"])
        logs = [str(path) for path in binlogs_since(self.task)]
        reader = self._binlog_reader(position.offset) + logs
        with subprocess.Popen(reader, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
            writing = subprocess.run(
                [*as_user(self.instance.user, self.instance.group), *self._client(), "--binary-mode"],
                stdin=reading.stdout,
                capture_output=True,
                text=True,
            )
            assert reading.stdout and reading.stderr
            reading.stdout.close()
            complaint = reading.stderr.read().decode(errors="replace")
        if writing.returncode != 0 or reading.returncode != 0:
            raise CheckFailed(f"The binary log could not be replayed:\n{writing.stderr}{complaint}")
        return [f"replayed {Path(logs[0]).name} from {position.offset} up to {in_words(self.task.until)}"]

    def _binlog_reader(self, start: int) -> list[str]:
        assert self.task.until is not None
        # Without the file of settings: the server's may have options that only the server knows.
        # MariaDB's old name for it is missing where its package keeps none of them.
        reader = self.program("mariadb-binlog" if self.instance.engine == "mariadb" else "mysqlbinlog")
        return [reader, "--no-defaults", f"--start-position={start}", *files.stop_at(self.task.until)]

    def settle(self) -> None:
        if self.instance.binlog is not None:
            self._name_binlogs(Path(self.instance.binlog).parent)

    def how_to_start(self) -> str:
        folder = Path(f"/run/{self.instance.name}-restored")
        owner = f"-o {self.instance.user} -g {self.instance.group}"
        options = shlex.join([self.program("mysqld"), *files.private_options(self.copy, folder)])
        return (
            f"install -d {owner} {folder}\n"
            f"runuser -u {self.instance.user} -- {options} &\n"
            f"runuser -u {self.instance.user} -- {self.program('mysql')} --socket={folder}/socket"
        )


def binlogs_since(task: Task) -> list[Path]:
    """Of the database itself and of the archive; in the snapshot they end where it was taken."""
    instance = task.copy.instance
    folders = [Path(str(live(instance).locate(str(instance.binlog)))).parent]
    archive = (instance.backup or {}).get("binlogDirectory")
    folders += [Path(archive)] if archive else []
    available = [folder / name for folder in folders if folder.is_dir() for name in sorted(os.listdir(folder))]
    position = files.parse_position(task.snapshot.facts["binlog"])
    return [Path(path) for path in files.logs_since(position.file, available)]
