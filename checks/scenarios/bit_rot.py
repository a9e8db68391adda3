"""One changed byte in a table on the disk: who notices, who repairs, and who gives a wrong answer."""

from __future__ import annotations

from blocks import Place, find_text, flip, places_of, table_file
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
    offset = find_text(engine, path, TEXT) + 1
    places = places_of(engine, path, offset)
    unmounted(engine, lambda: flip(engine, places[0], "?"))
    host.count("flips")
    outcome = ask(engine)
    host.count(outcome)
    is_nocow = engine.database["layout"]["data"] == "nocow"
    if len(places) > 1:
        expect(engine, outcome, "right")
        heal(host, engine, places)
    elif is_nocow and isinstance(engine, SQLite):
        # No checksum anywhere: what the layout decision warns of, seen.
        expect(engine, outcome, "wrong")
    else:
        expect(engine, outcome, "refused")
    if not is_nocow and len(places) == 1:
        errors = engine.machine.succeed(f"btrfs device stats {engine.database['mountPoint']} | grep corruption_errs")
        if errors.split()[-1] == "0":
            raise AssertionError(f"{engine.name}: btrfs counted no corruption")
        host.count("countedByBtrfs")


def expect(engine: Engine, outcome: str, expected: str) -> None:
    if outcome != expected:
        raise AssertionError(f"{engine.name}: the answer was {outcome}, expected {expected}")


def ask(engine: Engine) -> str:
    """`right`, `wrong`, or `refused` where the engine reports an error instead of an answer."""
    try:
        return "right" if engine.sql(QUESTION) == ANSWER else "wrong"
    except Exception:  # whatever the machine's driver raises for a client that failed
        return "refused"


def unmounted(engine: Engine, change) -> None:  # noqa: ANN001
    """With the database stopped and every subvolume of its filesystem unmounted, so that nothing is cached."""
    machine, mount = engine.machine, engine.database["mountPoint"]
    device = machine.succeed(f"findmnt --noheadings --nofsroot --output=SOURCE {mount}").strip()
    engine.stop()
    mounts = machine.succeed(f"findmnt --noheadings --output=TARGET --source {device} | sort -r").split()
    for path in mounts:
        machine.succeed(f"systemctl stop systemd-journald-varlink@*.socket systemd-journald 2>/dev/null; umount {path}")
    change()
    machine.succeed("sync; echo 3 > /proc/sys/vm/drop_caches || true")
    for path in reversed(mounts):
        machine.succeed(f"systemctl start \"$(systemd-escape --path --suffix=mount {path})\"")
    machine.succeed(f"systemctl start {' '.join(engine.database['units'])} || true")


def heal(host: Host, engine: Engine, places: list[Place]) -> None:
    mount = engine.database["mountPoint"]
    engine.machine.succeed(f"btrfs scrub start -B {mount}")
    read = f"dd if={places[0].device} bs=1 skip={places[0].offset} iflag=skip_bytes count=1 status=none"
    if engine.machine.succeed(f"sync; echo 3 > /proc/sys/vm/drop_caches || true; {read}") != TEXT[1]:
        raise AssertionError(f"{engine.name}: the bad copy was not repaired")
    host.count("healed")
