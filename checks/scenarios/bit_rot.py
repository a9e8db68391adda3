"""One changed byte in a table on the disk: who notices, who repairs, and who gives a wrong answer."""

from __future__ import annotations

from blocks import Place, find_text, flip, logical_address, places_of, table_file
from engines import Engine, SQLite, engines
from host import Host
from layout import fill

# A word of the rows that `fill` writes.
TEXT = "databases"
QUESTION = "SELECT count(*) FROM words WHERE text LIKE '%databases%';"
ANSWER = "20000"


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        fill(engine, host.channel)
        with host.subtest(f"a changed byte in a table of {engine.name}"):
            rot(host, engine)


def rot(host: Host, engine: Engine) -> None:
    path = table_file(engine)
    places = change_on_disk(engine, path)
    host.count("flips")
    outcome = ask(engine)
    host.count(outcome)
    is_nocow = engine.database["layout"]["data"] == "nocow"
    if len(places) > 1:
        expect(engine, outcome, "right")
        heal(host, engine, places)
    elif is_nocow and isinstance(engine, SQLite):
        # No checksum anywhere, so nobody notices; SQLite's own check looks at the structure, not at the text.
        expect(engine, outcome, "wrong")
        engine.check()
    else:
        expect(engine, outcome, "refused", "stopped")
    if not is_nocow and len(places) == 1:
        errors = engine.machine.succeed(f"btrfs device stats {engine.database['mountPoint']} | grep corruption_errs")
        if errors.split()[-1] == "0":
            raise AssertionError(f"{engine.name}: btrfs counted no corruption")
        host.count("countedByBtrfs")


def expect(engine: Engine, outcome: str, *expected: str) -> None:
    if outcome not in expected:
        raise AssertionError(f"{engine.name}: the answer was {outcome}, expected {' or '.join(expected)}")


def ask(engine: Engine) -> str:
    """`right`, `wrong`, `refused` where the engine reports an error instead of an answer, or `stopped` where the whole
    server does: InnoDB gives up when the filesystem reports an error."""
    if engine.machine.execute(f"systemctl start {' '.join(engine.database['units'])}")[0] != 0:
        return "stopped"
    # The server is well: what it refuses below, it refuses for this table.
    engine.machine.wait_until_succeeds(f"{engine.as_user(engine.client())} <<< 'SELECT count(*) FROM account;'", timeout=60)
    try:
        return "right" if engine.sql(QUESTION) == ANSWER else "wrong"
    except Exception:  # whatever the machine's driver raises for a client that failed
        return "refused"


def change_on_disk(engine: Engine, path: str) -> list[Place]:
    """With the database stopped, which writes pages for the last time, and then with every subvolume of its filesystem
    unmounted, so that nothing is cached. Returns all copies of the byte; the first one is changed."""
    machine, mount = engine.machine, engine.database["mountPoint"]
    engine.stop()
    logical = logical_address(engine, path, find_text(engine, path, TEXT) + 1)
    device = machine.succeed(f"findmnt --noheadings --nofsroot --output=SOURCE {mount}").strip()
    mounts = machine.succeed(f"findmnt --noheadings --output=TARGET --source {device} | sort -r").split()
    # journald keeps its file in /var/log open.
    machine.succeed("journalctl --relinquish-var", *[f"umount {path}" for path in mounts])
    machine.succeed(f"blockdev --flushbufs {device}")
    places = places_of(engine, device, logical)
    flip(engine, places[0], "?")
    machine.succeed(f"blockdev --flushbufs {device}")
    for path in reversed(mounts):
        machine.succeed(f'systemctl start "$(systemd-escape --path --suffix=mount {path})"')
    return places


def heal(host: Host, engine: Engine, places: list[Place]) -> None:
    mount = engine.database["mountPoint"]
    engine.machine.succeed(f"btrfs scrub start -B {mount}")
    read = f"dd if={places[0].device} bs=1 skip={places[0].offset} iflag=skip_bytes count=1 status=none"
    engine.machine.succeed(f"sync; blockdev --flushbufs {places[0].device}")
    if engine.machine.succeed(read) != TEXT[1]:
        raise AssertionError(f"{engine.name}: the bad copy was not repaired")
    host.count("healed")
