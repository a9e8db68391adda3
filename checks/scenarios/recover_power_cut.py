"""Power cuts under load, each followed by the runbook: it finds nothing, and nothing acknowledged is lost."""

from __future__ import annotations

from archive import archive_to_own_disk
from engines import engines
from host import Host
from ledger import Ledger
from runbook import followed


def run(host: Host) -> None:
    host.wait_until_up()
    archive_to_own_disk(host)
    ledgers = [Ledger(engine, host.channel) for engine in engines(host)]
    for ledger in ledgers:
        ledger.create()
        ledger.engine.checkpoint()

    def load() -> None:
        for ledger in ledgers:
            ledger.start()

    for cut in host.power_cuts(load, int(host.options.get("cuts", 2))):
        host.wait_until_up()
        with followed(host, "recover-power-cut") as reader:
            reader.done("look")
            for ledger in ledgers:
                reader.done(f"check-{ledger.engine.name}")
        for ledger in ledgers:
            verdict = ledger.judge(cut.acknowledged)
            host.count("acknowledged", verdict.acknowledged)
            host.count("missing", verdict.missing)
            if verdict.missing:
                raise AssertionError(f"{ledger.engine.name}: {verdict.missing} acknowledged transactions are gone")
        host.count("cuts")
