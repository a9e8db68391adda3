"""Power cuts on the lab's machines: by crashing each time, or many from one recording of the disks' writes."""

from __future__ import annotations

import bisect
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
            if not reports:
                raise AssertionError("the load reported nothing: is it running?")
            ticks = str(options.get("ticks", ""))
            picks = sorted(_somewhere(reports, chance, ticks) for _ in range(min(count - done, per_recording)))
            for end, known in picks:
                mode = chance.choice(MODES)
                losses: list[Loss] = []
                for i, disk in enumerate(machine.disks):
                    begun[i] = disk.advance(begun[i], end[i])
                    losses.append(disk.trial(begun[i], end[i], mode, chance))
                machine.start()
                loss = total(losses)
                yield PowerCut(lines + [r.line for r in reports[:known]], loss.dropped, loss.torn)
                done += 1
                # The next point begins from the recording again; nothing of this start is kept.
                machine.crash()
                machine.channel.clear()
            lines.extend(report.line for report in reports[: picks[-1][1]])
            # The load of a next recording begins where the last point left it.
            for i, disk in enumerate(machine.disks):
                disk.base.replace(disk.image)
            machine.start()

    def restart(machine: NspawnMachine) -> None:
        if machine.container is not None:
            machine.shutdown()
            # What was reported before the recording is no moment of it.
            machine.channel.clear()
        machine.start()

    return power_cuts


def _somewhere(reports: list[Report], chance: random.Random, ticks: str) -> tuple[Cut, int]:
    """A moment of the recording, and how many reports had arrived by then.

    Where the load reports `ticks` as time goes by, it is the moment of one of these. Else with one disk it is any byte of
    its log, so that long writes between two commits are cut as well; with several it is the moment of a report, when
    all their logs were looked at together.
    """
    ticking = [known for known, report in enumerate(reports, 1) if report.line.strip() == ticks]
    if ticking:
        known = chance.choice(ticking)
        return reports[known - 1].cut, known
    if len(reports[0].cut) > 1:
        known = chance.randint(1, len(reports))
        return reports[known - 1].cut, known
    end = chance.randint(reports[0].cut[0], reports[-1].cut[0])
    return (end,), bisect.bisect_right(reports, end, key=lambda report: report.cut[0])
