"""Power cuts under load: what was acknowledged is there, and the engine's own check finds nothing."""

from __future__ import annotations

from engines import engines
from host import Host
from ledger import Ledger


def run(host: Host) -> None:
    wanted = int(host.options.get("cuts", 3))
    host.wait_until_up()
    ledgers = [Ledger(engine, host.channel) for engine in engines(host)]
    for ledger in ledgers:
        ledger.create()
        ledger.engine.checkpoint()

    def load() -> None:
        for ledger in ledgers:
            ledger.start()

    for cut in host.power_cuts(load, wanted):
        host.wait_until_up()
        for ledger in ledgers:
            verdict = ledger.judge(cut.acknowledged)
            host.count("acknowledged", verdict.acknowledged)
            host.count("missing", verdict.missing)
            if verdict.missing:
                raise AssertionError(f"{ledger.engine.name}: {verdict.missing} acknowledged transactions are gone")
            ledger.engine.check()
        host.count("cuts")
        host.count("droppedWrites", cut.dropped)
        host.count("tornWrites", cut.torn)
