"""What the scenarios that follow a runbook of recovery have in common: data that is known, and a verdict on it."""

from __future__ import annotations

import time

from compare import differences
from engines import Engine, SQLite
from host import Host
from layout import fill
from ledger import Ledger

ROWS = "20000"
MOMENT = "YYYY-MM-DD HH:MM:SS"


class Data:
    """Numbered transactions, acknowledged one by one, and a table of a known number of rows."""

    def __init__(self, host: Host, engine: Engine) -> None:
        self.host, self.engine = host, engine
        self.ledger = Ledger(engine, host.channel)
        self.acknowledged: list[str] = []
        fill(engine, host.channel)

    def commit_for(self, seconds: float) -> None:
        self.ledger.start()
        time.sleep(seconds)
        self.settle()

    def settle(self) -> None:
        """No client commits any more; everything that one was told is known here."""
        self.ledger.stop()
        time.sleep(0.2)
        self.acknowledged += self.host.reported()

    def must_be_whole(self, rows: str = ROWS) -> None:
        """Everything acknowledged and every row is there, the engine's check is clean, the storage is as planned, and the
        database takes more."""
        verdict = self.ledger.judge(self.acknowledged)
        self.host.count("acknowledged", verdict.acknowledged)
        self.host.count("missing", verdict.missing)
        if verdict.missing:
            raise AssertionError(f"{self.engine.name}: {verdict.missing} acknowledged transactions are gone")
        found = self.engine.sql("SELECT count(*) FROM words;")
        if found != rows:
            raise AssertionError(f"{self.engine.name}: {found} rows, expected {rows}")
        self.engine.check()
        self.commit_for(0.5)
        astray = differences(self.host)
        if astray:
            raise AssertionError("not as planned:\n" + "\n".join(astray))
        self.host.count("whole")


def moment(engine: Engine) -> str:
    """Seconds apart from what comes before and after: a binary log knows no finer time."""
    return engine.machine.succeed("sleep 1.5; date '+%F %T'; sleep 1.5").strip()


def place_of_table(engine: Engine) -> dict[str, str]:
    """What the reader fills in for the table of the known rows."""
    if isinstance(engine, SQLite):
        return {"FILE": "lab.db", "TABLE": "words"}
    return {"DATABASE": "postgres" if engine.database["engine"] == "postgresql" else "lab", "TABLE": "words"}


def label_of(host: Host, engine: Engine) -> str:
    return next(str(f["label"]) for f in host.plan["filesystems"] if f["id"] == engine.database["filesystem"])


def until_answering(engine: Engine) -> None:
    """A server that went down over a bad page comes up again by itself."""
    engine.machine.wait_until_succeeds(f"{engine.as_user(engine.client())} <<< 'SELECT count(*) FROM account;'", timeout=120)
