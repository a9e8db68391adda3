"""A disk that runs full under load, first of data and then of metadata: nothing acknowledged is lost, and with space
freed the database goes on."""

from __future__ import annotations

from collections.abc import Callable

from engines import Engine, engines
from host import Host, Machine
from ledger import Ledger

FILLER = ".lab-filler"
# Files of this size lie in metadata (max_inline is 2048).
INLINE = 1500
SECONDS = 90


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        for kind, fill in (("data", fill_data), ("metadata", fill_metadata)):
            with host.subtest(f"{engine.name}: no space for {kind}"):
                exhaust(host, engine, kind, fill)


def exhaust(host: Host, engine: Engine, kind: str, fill: Callable[[Machine, str], None]) -> None:
    ledger = Ledger(engine, host.channel)
    ledger.create()
    ledger.start()
    folder = filler_folder(engine)
    fill(engine.machine, folder)
    # A client ends with the first error that it is given; some servers keep it waiting instead.
    engine.machine.execute(f"for i in $(seq {SECONDS}); do systemctl is-active --quiet 'ledger-*' || break; sleep 1; done")
    host.count(f"{kind}ClientsStopped" if not ledger.is_running() else f"{kind}ClientsWaiting")
    ledger.stop()
    is_up = engine.machine.execute(f"systemctl is-active --quiet {' '.join(engine.database['units'])}")[0] == 0
    host.count(f"{kind}ServerUp" if is_up else f"{kind}ServerDown")
    free_space(host, engine, folder, kind)
    engine.machine.execute("systemctl reset-failed")
    engine.machine.succeed(f"systemctl restart {' '.join(engine.database['units'])}")
    host.wait_until_up()
    verdict = ledger.judge(host.reported())
    host.count("acknowledged", verdict.acknowledged)
    host.count("missing", verdict.missing)
    if verdict.missing:
        raise AssertionError(f"{engine.name}: {verdict.missing} acknowledged transactions are gone")
    goes_on(ledger)
    engine.check()
    host.count(kind)


def free_space(host: Host, engine: Engine, folder: str, kind: str) -> None:
    """Btrfs may have gone read-only for want of metadata. Then only a new mount can free anything, and one on which no
    server runs: its recovery writes, and ends the same way."""
    free = f"rm -rf {folder} && sync -f {engine.database['mountPoint']}"
    if engine.machine.execute(free)[0] != 0:
        host.count(f"{kind}ForcedReadOnly")
        host.machine.crash()
        host.start_without(engine.database["units"])
        engine.machine.succeed(free)
        host.reboot()


def goes_on(ledger: Ledger) -> None:
    """More transactions; PostgreSQL also mends the half page then that a failed extension leaves at a file's end."""
    before = ledger.engine.sql("SELECT count(*) FROM ledger;")
    ledger.start()
    ledger.engine.machine.succeed("sleep 3")
    ledger.stop()
    if ledger.engine.sql("SELECT count(*) FROM ledger;") == before:
        raise AssertionError(f"{ledger.engine.name}: no new transactions")


def filler_folder(engine: Engine) -> str:
    """Beside the database, on its filesystem, and CoW whatever the database is."""
    folder = f"{engine.database['mountPoint']}/{FILLER}"
    engine.machine.succeed(f"mkdir -p {folder}; chattr -C {folder}")
    return folder


def fill_data(machine: Machine, folder: str) -> None:
    """Reserves whatever is free, in ever smaller pieces."""
    machine.succeed(
        f"i=0; for size in 64G 16G 4G 1G 256M 64M 16M 4M 1M 64K; do "
        f"while fallocate --length=$size {folder}/data-$((i += 1)) 2>/dev/null; do :; done; done; rm -f {folder}/data-$i"
    )


def fill_metadata(machine: Machine, folder: str) -> None:
    """Files so small that they lie in the trees, where data has room (a write asks for that first) and no chunk is left
    for the trees to grow into."""
    machine.succeed(f"fallocate --length=300M {folder}/room")
    fill_data(machine, folder)
    # A part of a chunk: a whole one would be given back, and the trees could have it.
    machine.succeed(f"rm {folder}/room; sync -f {folder}")
    machine.execute(f"cd {folder}; head -c 3G /dev/zero | split --bytes={INLINE} --suffix-length=7 - m 2>/dev/null")
    if machine.execute(f"head -c {INLINE} /dev/zero > {folder}/one-more 2>/dev/null && sync -f {folder}")[0] == 0:
        raise AssertionError("metadata is not full")
