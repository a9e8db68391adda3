"""One flipped bit in a table on the disk: the runbooks find whose it is, and bring the table back, or see a mirror repair
it."""

from __future__ import annotations

from archive import archive_to_own_disk
from bit_rot import QUESTION, TEXT, unmounted
from blocks import find_text, logical_address, places_of, read_byte, table_file, write_byte
from engines import Engine, InnoDB, PostgreSQL, SQLite, engines
from host import Host
from recovery import MOMENT, Data, label_of, moment, place_of_table, until_answering
from restored import take_snapshot
from runbook import Followed, followed


def run(host: Host) -> None:
    host.wait_until_up()
    archive_to_own_disk(host)
    for engine in engines(host):
        mend(host, engine)


def mend(host: Host, engine: Engine) -> None:
    name, label = engine.name, label_of(host, engine)
    copies = 1 if filesystem_of(host, engine)["dataProfile"] == "single" else 2
    data = Data(host, engine)
    data.commit_for(1)
    take_snapshot(engine)
    # A snapshot shares the blocks that were not rewritten since it was taken.
    rewrite(engine)
    last = moment(engine)
    flip(engine, copies)
    with followed(host, "recover-device-errors") as errors, followed(host, "recover-bad-block") as reader:
        errors.done(f"look-{label}")
        errors.done(f"scrub-{label}")
        reader.done(f"scrub-{label}")
        if copies == 1:
            # The server has to read it to notice where Btrfs does not.
            engine.machine.execute(f'{engine.as_user(engine.client())} <<< "{QUESTION}" 2>&1')
            names_the_table(engine, reader.done(f"find-{name}"))
            bring_back(engine, reader, last)
        reader.done(f"check-{name}")
        reader.done(f"again-{label}")
        errors.done(f"reset-{label}")
    must_be_clean(engine)
    data.must_be_whole()


def filesystem_of(host: Host, engine: Engine) -> dict[str, str]:
    return next(f for f in host.plan["filesystems"] if f["id"] == engine.database["filesystem"])


def rewrite(engine: Engine) -> None:
    statements = {PostgreSQL: "VACUUM FULL words;", InnoDB: "ALTER TABLE words ENGINE = InnoDB;", SQLite: "VACUUM;"}
    engine.sql(next(text for kind, text in statements.items() if isinstance(engine, kind)))
    engine.checkpoint()


def flip(engine: Engine, copies: int) -> None:
    path = table_file(engine)
    engine.stop()
    logical = logical_address(engine, path, find_text(engine, path, TEXT)[50] + 1)
    with unmounted(engine) as device:
        places = places_of(engine, device, logical)
        if len(places) != copies:
            raise AssertionError(f"{engine.name}: {len(places)} copies, expected {copies}")
        write_byte(engine, places[0], read_byte(engine, places[0]) ^ 1)
    engine.machine.execute(f"systemctl start {' '.join(engine.database['units'])}")
    until_answering(engine)
    engine.host.count("flips")


def names_the_table(engine: Engine, output: str) -> None:
    wanted = {PostgreSQL: "words", InnoDB: "words", SQLite: "lab.db"}
    word = next(text for kind, text in wanted.items() if isinstance(engine, kind))
    if word not in output:
        raise AssertionError(f"{engine.name}: {word} is not named:\n{output}")


def bring_back(engine: Engine, reader: Followed, last: str) -> None:
    name = engine.name
    until = {MOMENT: last} if MOMENT in reader.left[0]["commands"] else None
    if isinstance(engine, SQLite):
        reader.done(f"in-place-{name}", replace=until)
        reader.done(f"forget-{name}")
        return
    reader.done(f"beside-{name}", replace=until)
    reader.done(f"start-copy-{name}")
    reader.done(f"table-{name}", replace=place_of_table(engine))
    reader.done(f"stop-copy-{name}")


def must_be_clean(engine: Engine) -> None:
    mount = engine.database["mountPoint"]
    engine.machine.succeed(f"btrfs device stats --check {mount}", f"btrfs scrub start -B {mount}")
