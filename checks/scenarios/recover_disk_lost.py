"""Each disk of a mirror is lost in turn, and comes back blank: the runbook makes the mirror whole, and nothing is lost."""

from __future__ import annotations

import os

from archive import archive_takes_all
from engines import engines
from host import Host
from recovery import Data
from runbook import Followed, followed

NEW = "/dev/disk/by-id/NEW-DISK"


def run(host: Host) -> None:
    host.wait_until_up()
    archive_takes_all(host)
    kept = [Data(host, engine) for engine in engines(host)]
    with followed(host, "recover-disk-lost") as reader:
        for disk in host.plan["disks"]:
            for data in kept:
                data.commit_for(1)
            with host.subtest(f"{disk['id']} is lost"):
                lose_and_replace(host, disk, reader)
        reader.done("look")
    for data in kept:
        data.must_be_whole()


def lose_and_replace(host: Host, disk: dict[str, str], reader: Followed) -> None:
    host.machine.shutdown()
    host.blank_disk(os.path.basename(disk["device"]))
    with host.installer():
        reader.done(f"partition-{disk['id']}", replace={NEW: disk["device"]})
        for filesystem in host.plan["filesystems"]:
            reader.done(f"replace-{filesystem['label']}-{disk['id']}")
    host.machine.start()
    host.wait_until_up()
    host.count("disks")
