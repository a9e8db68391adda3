"""A table is dropped while the database goes on: the runbook brings it back, and nothing that came later is lost."""

from __future__ import annotations

from archive import archive_to_own_disk
from engines import Engine, SQLite, engines
from host import Host
from recovery import MOMENT, ROWS, Data, moment, place_of_table
from restored import take_snapshot
from runbook import followed


def run(host: Host) -> None:
    host.wait_until_up()
    archive_to_own_disk(host)
    for engine in engines(host):
        bring_back(host, engine)


def bring_back(host: Host, engine: Engine) -> None:
    data = Data(host, engine)
    data.commit_for(1)
    take_snapshot(engine)
    leads_on = any("--until" in block["commands"] for block in host.runbooks["recover-dropped-table"])
    rows = ROWS
    if leads_on:
        # What only the log has.
        engine.sql("INSERT INTO words VALUES (20000, 'after the snapshot');")
        rows = "20001"
    before = moment(engine)
    engine.sql("DROP TABLE words;")
    data.commit_for(1)
    name = engine.name
    with followed(host, "recover-dropped-table") as reader:
        reader.done(f"beside-{name}", replace={MOMENT: before})
        if not isinstance(engine, SQLite):
            reader.done(f"start-copy-{name}")
        reader.done(f"table-{name}", replace=place_of_table(engine))
        reader.done(f"stop-copy-{name}")
    data.must_be_whole(rows)
