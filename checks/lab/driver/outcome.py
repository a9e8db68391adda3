"""What a driver answers with: one line of JSON, after all that it printed for people."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nspawn import NspawnMachine
from qemu import QemuMachine

Job = dict[str, Any]


def outcome_of(act: Callable[[], None], machines: Sequence[NspawnMachine | QemuMachine], counts: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing of the machines is left; of those whose scenario failed, what they knew."""
    began = time.monotonic()
    result: dict[str, Any] = {"ok": False}
    try:
        act()
        result["ok"] = True
    except Exception as error:
        traceback.print_exc(file=sys.stdout)
        result["error"] = str(error)
        for machine in machines:
            with contextlib.suppress(Exception):
                machine.keep_journal()
    finally:
        for machine in machines:
            machine.close()
    return result | {"seconds": round(time.monotonic() - began, 1), "kernel": machines[0].kernel, "counts": counts}


def answer(run: Callable[[Job], dict[str, Any]]) -> None:
    """The whole of a driver's main program."""
    # Whoever stops the lab stops its guests as well: an exit still runs what cleans up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    outcome = run(json.load(sys.stdin))
    print(json.dumps(outcome))
    sys.exit(0 if outcome["ok"] else 1)
