"""Power cuts on the lab's machines: by crashing each time, or many from one recording of the disks' writes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from channel import Report
from disks import Cut, total
from nspawn import NspawnMachine
from qemu import QemuMachine
from write_log import SECTOR, Loss

from host import PowerCut

MODES = ("none", "some", "some", "all")


def crash_each_time(machine: QemuMachine, chance: random.Random) -> Callable[..., Iterator[PowerCut]]:
    """Runs the load for some seconds, kills the machine, and gives the disks what their caches may have lost."""
    lines: list[str] = []

    def power_cuts(load: Callable[[], None], count: int) -> Iterator[PowerCut]:
        for _ in range(count):
            load()
            time.sleep(chance.uniform(4, 10))
            machine.crash()
            lines.extend(report.line for report in machine.channel.reports)
            machine.channel.clear()
            mode = chance.choice(MODES)
            loss = total([disk.lose_power(1 << 62, mode, chance) for disk in machine.disks])
            machine.start()
            yield PowerCut(list(lines), loss.dropped, loss.torn)

    return power_cuts


def cuts_from_recording(
    machine: NspawnMachine, chance: random.Random, options: dict[str, Any]
) -> Callable[..., Iterator[PowerCut]]:
    """Records a load once, then starts the machine from many prefixes of what its disks were told."""
    seconds = float(options.get("seconds", 6))
    per_recording = int(options.get("perRecording", 25))
    lines: list[str] = []

    def power_cuts(load: Callable[[], None], count: int) -> Iterator[PowerCut]:
        done = 0
        while done < count:
            machine.logged = True
            if done or not machine.devices or not machine.devices.logged:
                restart(machine)
            load()
            time.sleep(seconds)
            machine.crash()
            reports = list(machine.channel.reports)
            machine.channel.clear()
            machine.logged = False
            begun = [SECTOR] * len(machine.disks)
            picks = sorted(chance.sample(range(len(reports)), min(count - done, per_recording, len(reports))))
            if not picks:
                raise AssertionError("the load reported nothing: is it running?")
            for pick in picks:
                end = _somewhere_after(reports, pick, chance)
                mode = chance.choice(MODES)
                losses: list[Loss] = []
                for i, disk in enumerate(machine.disks):
                    begun[i] = disk.advance(begun[i], end[i])
                    losses.append(disk.trial(begun[i], end[i], mode, chance))
                machine.start()
                loss = total(losses)
                yield PowerCut(lines + [r.line for r in reports[: pick + 1]], loss.dropped, loss.torn)
                done += 1
                # The next point begins from the recording again; nothing of this start is kept.
                machine.crash()
                machine.channel.clear()
            lines.extend(report.line for report in reports[: picks[-1] + 1])
            # The load of a next recording begins where the last point left it.
            for i, disk in enumerate(machine.disks):
                disk.base.replace(disk.image)
            machine.start()

    def restart(machine: NspawnMachine) -> None:
        if machine.container is not None:
            machine.shutdown()
        machine.start()

    return power_cuts


def _somewhere_after(reports: list[Report], pick: int, chance: random.Random) -> Cut:
    """Between this report and the next; with several disks the instant of the report, which is the same for all."""
    cut = reports[pick].cut
    if len(cut) > 1 or pick + 1 == len(reports):
        return cut
    return (chance.randint(cut[0], max(cut[0], reports[pick + 1].cut[0])),)
