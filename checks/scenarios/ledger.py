"""Clients that commit numbered transactions and report each number once the server has acknowledged it.

A transaction books its number twice: as a row, and added to an account. So what a power cut leaves can be judged:
every reported number is there, no number is missing below the last, and both books have the same total.
"""

from __future__ import annotations

import itertools
import shlex
from dataclasses import dataclass

from engines import Engine, InnoDB, SQLite

ACCOUNTS = 100
WRITERS = 4
STARTS = itertools.count(1)


@dataclass(frozen=True)
class Verdict:
    acknowledged: int
    found: int
    missing: int  # acknowledged and not found
    unreported: int  # found, but the report was lost with the machine: allowed


class Ledger:
    def __init__(self, engine: Engine, channel: str) -> None:
        self.engine = engine
        self.channel = channel
        # SQLite has one writer at a time.
        self.writers = 1 if isinstance(engine, SQLite) else WRITERS
        self.units: list[str] = []  # of the last start

    def create(self) -> None:
        if isinstance(self.engine, InnoDB):
            self.engine.create_database()
        self.engine.sql(
            "CREATE TABLE IF NOT EXISTS ledger (writer INT, n INT, payload VARCHAR(1000), PRIMARY KEY (writer, n));"
            "CREATE TABLE IF NOT EXISTS account (writer INT, id INT, total BIGINT, PRIMARY KEY (writer, id));"
        )
        values = ",".join(f"({w},{a},0)" for w in range(self.writers) for a in range(ACCOUNTS))
        if self.engine.sql("SELECT count(*) FROM account;") == "0":
            self.engine.sql(f"INSERT INTO account VALUES {values};")

    def start(self) -> None:
        """Writers go on until they are stopped, each from the number that it had reached."""
        self.units = [self._start(writer) for writer in range(self.writers)]

    def _start(self, writer: int) -> str:
        first = int(self.engine.sql(f"SELECT coalesce(max(n), 0) + 1 FROM ledger WHERE writer = {writer};"))
        begin, commit = self.engine.transaction
        # awk writes ahead of the client; the client runs one statement after the other.
        program = (
            f'BEGIN {{ for (n = {first}; ; n++) printf "{begin} '
            f"INSERT INTO ledger VALUES ({writer}, %d, '%s'); "
            f"UPDATE account SET total = total + %d WHERE writer = {writer} AND id = %d; "
            f"{commit} SELECT '{self.engine.name} {writer} %d';\\n\", n, payload(n), n, n % {ACCOUNTS}, n }} "
            'function payload(n,   s, i) { s = ""; for (i = 0; i < 20; i++) s = s "entry" (n * 7919 + i * 104729) % 1000003; return s }'
        )
        pipeline = f"awk {shlex.quote(program)} | {self.engine.client()} > {self.channel}"
        # systemd forgets a unit some time after it has ended, and refuses another of its name until then.
        unit = f"ledger-{self.engine.name}-{writer}-{next(STARTS)}.service"
        self.engine.machine.succeed(
            f"systemd-run --quiet --collect --unit={unit} --uid={self.engine.user} "
            f'--setenv=PATH="$PATH" bash -c {shlex.quote(pipeline)}'
        )
        return unit

    def is_running(self) -> bool:
        return self.engine.machine.execute(f"systemctl is-active --quiet {' '.join(self.units)}")[0] == 0

    def stop(self) -> None:
        self.engine.machine.execute(f"systemctl stop {' '.join(self.units)}")

    def acknowledged(self, lines: list[str]) -> dict[int, int]:
        """The last number of each writer."""
        last = dict.fromkeys(range(self.writers), 0)
        for line in lines:
            words = line.split()
            if len(words) == 3 and words[0] == self.engine.name and words[1].isdigit() and words[2].isdigit():
                last[int(words[1])] = max(last[int(words[1])], int(words[2]))
        return last

    def judge(self, lines: list[str]) -> Verdict:
        """Raises where the books disagree or have holes: no power cut explains that."""
        found, acknowledged, missing, unreported = 0, 0, 0, 0
        for writer, last in self.acknowledged(lines).items():
            rows, highest, total = self._books(writer)
            if rows != highest:
                raise AssertionError(f"{self.engine.name}: writer {writer} has {rows} rows up to number {highest}")
            if total != highest * (highest + 1) // 2:
                raise AssertionError(f"{self.engine.name}: writer {writer} booked {total} for numbers up to {highest}")
            found += highest
            acknowledged += last
            missing += max(0, last - highest)
            unreported += max(0, highest - last)
        return Verdict(acknowledged, found, missing, unreported)

    def _books(self, writer: int) -> tuple[int, int, int]:
        rows = self.engine.sql(f"SELECT count(*) FROM ledger WHERE writer = {writer};")
        highest = self.engine.sql(f"SELECT coalesce(max(n), 0) FROM ledger WHERE writer = {writer};")
        total = self.engine.sql(f"SELECT sum(total) FROM account WHERE writer = {writer};")
        return int(rows), int(highest), int(total)
