"""One flipped bit in a table on the disk: who notices, who repairs, and who gives a wrong answer."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Iterator

from blocks import Place, find_text, logical_address, places_of, read_byte, table_file, write_byte
from engines import Engine, SQLite, engines
from host import Host
from layout import fill

# A word of the rows that `fill` writes.
TEXT = "databases"
QUESTION = "SELECT count(*) FROM words WHERE text LIKE '%databases%';"
ANSWER = "20000"

# What an engine says, to the client or in its log, of a page that the filesystem does not give it, and of one whose own
# checksum is wrong.
REFUSALS = {
    ("postgresql", "cow"): "Input/output error",
    ("postgresql", "nocow"): "invalid page in block",
    ("mysql", "cow"): "error number 5|Input/output error",
    ("mysql", "nocow"): "Database page corruption",
    ("mariadb", "cow"): "reading partial data failed|error number 5",
    ("mariadb", "nocow"): "Database page corruption|is corrupt",
    # A read that fails with EIO is SQLITE_IOERR_CORRUPTFS, of which the shell prints the general code.
    ("sqlite", "cow"): "database disk image is malformed",
}


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        fill(engine, host.channel)
        chance = random.Random(host.options.get("seed", 1))
        for _ in range(int(host.options.get("flips", 1))):
            rot(engine, chance)


def rot(engine: Engine, chance: random.Random) -> None:
    path = table_file(engine)
    engine.stop()
    logical = logical_address(engine, path, chance.choice(find_text(engine, path, TEXT)) + 1)
    errors = corruption_errors(engine)
    with unmounted(engine) as device:
        places = places_of(engine, device, logical)
        was = read_byte(engine, places[0])
        write_byte(engine, places[0], was ^ 1)
    engine.host.count("flips")
    outcome = ask(engine)
    engine.host.count(outcome)
    judge(engine, outcome, len(places))
    if len(places) > 1:
        # The first answer may have come from the good copy; scrub reads both.
        heal(engine, places[0], was)
    if engine.database["layout"]["data"] == "cow":
        if corruption_errors(engine) == errors:
            raise AssertionError(f"{engine.name}: btrfs counted no corruption")
        engine.host.count("countedByBtrfs")
    if len(places) == 1:
        undo(engine, places[0], was)


def judge(engine: Engine, outcome: str, copies: int) -> None:
    if copies > 1:
        expect(engine, outcome, "right")
    elif engine.database["layout"]["data"] == "nocow" and isinstance(engine, SQLite):
        # No checksum anywhere, so nobody notices; SQLite's own check looks at the structure, not at the text.
        expect(engine, outcome, "wrong")
        engine.check()
    else:
        expect(engine, outcome, "refused", "crashed", "stopped")


def expect(engine: Engine, outcome: str, *expected: str) -> None:
    if outcome not in expected:
        raise AssertionError(f"{engine.name}: the answer was {outcome}, expected {' or '.join(expected)}")


def ask(engine: Engine) -> str:
    """`right`, `wrong`, `refused` where the engine reports the bad page instead of an answer, `crashed` where the server
    goes down over it and comes back, `stopped` where it does not come up at all."""
    if engine.machine.execute(f"systemctl start {' '.join(engine.database['units'])}")[0] != 0:
        return "stopped"
    # The server is well: what it refuses below, it refuses for this table.
    engine.machine.wait_until_succeeds(f"{engine.as_user(engine.client())} <<< 'SELECT count(*) FROM account;'", timeout=60)
    status, answer = engine.machine.execute(f'{engine.as_user(engine.client())} <<< "{QUESTION}" 2>&1')
    if status == 0:
        return "right" if answer.strip() == ANSWER else "wrong"
    named = names_the_page(engine, answer)
    engine.machine.log(f"{answer.strip()} ({named})")
    return "crashed" if "Lost connection" in answer else "refused"


def names_the_page(engine: Engine, answer: str) -> str:
    """The words by which the engine refuses; raises where it is for another reason."""
    reason = REFUSALS[engine.database["engine"], engine.database["layout"]["data"]]
    log = engine.machine.execute(f"journalctl --no-pager --lines=400 --unit={engine.database['units'][0]}")[1]
    found = re.search(f".*({reason}).*", answer) or re.search(f".*({reason}).*", log)
    if not found:
        raise AssertionError(f"{engine.name}: refused, but not for the page: {answer}")
    return found[0].strip()


@contextlib.contextmanager
def unmounted(engine: Engine) -> Iterator[str]:
    """The device, with the database stopped and every subvolume of its filesystem unmounted, so that nothing is cached; and
    with it a log's own filesystem, which is mounted below."""
    machine, mount = engine.machine, engine.database["mountPoint"]
    device = machine.succeed(f"findmnt --noheadings --nofsroot --output=SOURCE {mount}").strip()
    listed = "findmnt --noheadings --raw --output=TARGET"
    mounts = machine.succeed(f"{{ {listed} --source {device}; {listed} --submounts {mount}; }} | sort -ru").split()
    # journald keeps its file in /var/log open.
    machine.succeed("journalctl --relinquish-var", *[f"umount {path}" for path in mounts])
    machine.succeed(f"blockdev --flushbufs {device}")
    yield device
    for path in reversed(mounts):
        machine.succeed(f'systemctl start "$(systemd-escape --path --suffix=mount {path})"')


def corruption_errors(engine: Engine) -> str:
    return engine.machine.succeed(f"btrfs device stats {engine.database['mountPoint']} | grep corruption_errs")


def heal(engine: Engine, place: Place, was: int) -> None:
    engine.machine.succeed(f"btrfs scrub start -B {engine.database['mountPoint']}; sync")
    if read_byte(engine, place) != was:
        raise AssertionError(f"{engine.name}: the bad copy was not repaired")
    engine.host.count("healed")


def undo(engine: Engine, place: Place, was: int) -> None:
    """With the bit as it was, everything is right again: nothing else had been wrong."""
    engine.machine.execute(f"systemctl stop {' '.join(engine.database['units'])}")
    with unmounted(engine):
        write_byte(engine, place, was)
    engine.machine.execute("systemctl reset-failed")
    expect(engine, ask(engine), "right")
