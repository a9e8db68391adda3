"""What every way of backing up has in common: its disk, its units, and a ledger that is judged after the restore."""

from __future__ import annotations

import os
import time
from abc import ABC, abstractmethod

from engines import Engine
from ledger import Ledger, Verdict


class Way(ABC):
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.host = engine.host
        self.machine = engine.machine
        self.name = engine.name
        target: str = engine.database["backup"]["target"]
        self.is_remote = not target.startswith("/")
        self.target = target.rsplit(":", 1)[-1]
        self.disk = os.path.dirname(self.target)
        self.ledger = Ledger(engine, engine.host.channel)

    first_unit: str  # makes the first backup
    asks_server = True  # whether a run fails while the server is down

    @abstractmethod
    def prove(self) -> None:
        """Raises where what was promised is not there after a restore."""

    def prepare_disk(self) -> None:
        self.machine.succeed("mkfs.btrfs --quiet --force /dev/disk/by-id/BACKUP1")
        self.machine.succeed(f"systemctl reset-failed; systemctl start {self.disk.strip('/').replace('/', '-')}.mount")

    def prepare_ssh(self) -> None:
        """The receiving host, as docs/backups.md describes it; raises where the key may do more than it must."""
        raise NotImplementedError(f"{self.name} is not reached by ssh")

    def run_unit(self, unit: str) -> None:
        self.machine.succeed(f"systemctl start {unit} || {{ journalctl --no-pager --lines=30 --unit={unit}; exit 1; }}")
        self.host.count("backups")

    def under_load(self, seconds: float = 1.5) -> list[str]:
        """Commits go on when this returns what was acknowledged until now."""
        self.ledger.start()
        time.sleep(seconds)
        return self.host.reported()

    def stop_load(self) -> list[str]:
        self.ledger.stop()
        time.sleep(0.2)
        return self.host.reported()

    def delete_everything(self) -> None:
        """What is left is empty directories with their flags, as a new installation has them."""
        self.engine.stop()
        self.machine.succeed(f"cd {self.engine.database['mountPoint']} && find . -mindepth 1 ! -type d -delete")
        for directory in self.directories():
            self.machine.succeed(f"find {directory} -mindepth 1 -delete")

    def directories(self) -> list[str]:
        return [d["path"] for d in self.engine.database["directories"] if d["component"] != "subvolume"]

    def judge(self, reported: list[str], what: str, exact: bool = False) -> Verdict:
        verdict = self.ledger.judge(reported)
        if verdict.missing:
            raise AssertionError(f"{self.name}: {verdict.missing} of {verdict.acknowledged} acknowledged are missing ({what})")
        if exact and verdict.unreported > 100:
            raise AssertionError(f"{self.name}: {verdict.unreported} transactions too many ({what})")
        self.engine.check()
        self.host.count("acknowledged", verdict.acknowledged)
        self.host.count("missing", verdict.missing)
        self.host.count("restores")
        self.check_flags()
        return verdict

    def check_flags(self) -> None:
        """Files that a restore wrote have the flag of their directory."""
        for directory in self.engine.database["directories"]:
            if directory["filesystem"] != "btrfs" or directory["component"] == "subvolume":
                continue
            listing = self.machine.succeed(f"find {directory['path']} -type f -size +0 -exec lsattr {{}} + | awk 'NR <= 50'")
            wrong = [line for line in listing.splitlines() if ("C" in line.split()[0]) != directory["noCow"]]
            if wrong:
                raise AssertionError(f"{directory['path']} is {'NOCOW' if directory['noCow'] else 'CoW'}, and: {wrong[:3]}")

    def metric(self) -> str:
        return self.machine.succeed(f"cat /var/lib/dbtrfs/metrics/backup-{self.name}.prom")

    def check_metric(self) -> None:
        names = [line.split("{")[0] for line in self.metric().splitlines()]
        if names != ["dbtrfs_backup_seconds", "dbtrfs_backup_timestamp_seconds"]:
            raise AssertionError(f"{self.name}: {self.metric()}")
