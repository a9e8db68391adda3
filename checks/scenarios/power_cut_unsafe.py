"""The same power cuts with commits that do not wait for the disk: the test itself is tested."""

from __future__ import annotations

from engines import engines
from host import Host
from ledger import Ledger


def run(host: Host) -> None:
    """Passes once something acknowledged was lost; a machine that did not come back is counted, and proves nothing."""
    host.wait_until_up()
    ledgers = [Ledger(engine, host.channel) for engine in engines(host)]
    for ledger in ledgers:
        ledger.create()
        ledger.engine.checkpoint()
        ledger.engine.unsafe()

    def load() -> None:
        for ledger in ledgers:
            ledger.engine.unsafe()
            ledger.start()

    lost = 0
    for cut in host.power_cuts(load, int(host.options.get("cuts", 3))):
        host.count("cuts")
        try:
            host.wait_until_up()
            lost += sum(ledger.judge(cut.acknowledged).missing for ledger in ledgers)
        except Exception as damage:  # a machine that does not come up raises what its driver has
            host.machine.log(f"damaged: {damage}")
            host.count("damaged")
    host.counts["missing"] = lost
    if not lost:
        raise AssertionError("nothing was lost with unsafe settings: this test could not have found a loss")
