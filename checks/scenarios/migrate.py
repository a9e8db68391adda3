"""A database that lies as it should not is brought to where it is planned: every command of its runbook, in order.

Each way of the runbook begins with other old files: on the machine's own root (ext4; in a container an overlay), on Btrfs
with everything NOCOW, in a subvolume whose mount option nodatacow is ignored, and on Btrfs with everything CoW. The old
server is the planned unit with the paths of the old files, so that it runs there beside the first copy.
"""

from __future__ import annotations

import shlex
import time
from typing import Any

from archive import archive_to_own_disk
from compare import differences
from engines import ENGINES, Engine, SQLite
from host import Host
from layout import fill
from ledger import Ledger
from runbook import Followed, followed
from snapshot_ways import TOP, mount_top

SCRIPT = "/etc/dbtrfs/runbooks/migrate.sh"
KEPT = "/root/planned-units"


def run(host: Host) -> None:
    host.wait_until_up()
    archive_to_own_disk(host)
    for database in host.databases:
        migrate(host, ENGINES[database["engine"]](host, database))


def migrate(host: Host, engine: Engine) -> None:
    mount_top(engine)
    fill(engine, host.channel)
    load(engine)
    places = Places(host, engine)
    with followed(host, f"migrate-{engine.name}") as reader:
        with host.subtest("by hand, from ext4, and back"):
            old = places.plant("/srv/old")
            by_hand(places, reader, old)
        with host.subtest("by the script, from Btrfs with everything NOCOW, and back"):
            old = places.plant("/srv/nocow", subvolume="@old-nocow", no_cow=True)
            by_script(places, reader, old)
        with host.subtest("beside the running server, from a subvolume with a mount option that does nothing"):
            old = places.plant("/srv/noop", subvolume="@old-noop", options="nodatacow")
            beside(places, reader, old)
        with host.subtest("file by file, from Btrfs with everything CoW"):
            old = places.plant("/srv/cow", subvolume="@old-cow")
            file_by_file(places, reader, old)
    host.count("databases")


def load(engine: Engine) -> None:
    """What it commits must be there at the end of every way."""
    ledger = Ledger(engine, engine.host.channel)
    ledger.start()
    time.sleep(1)
    ledger.stop()


class Places:
    """Where the database is, and the units that go with it."""

    def __init__(self, host: Host, engine: Engine) -> None:
        self.host, self.engine, self.machine = host, engine, engine.machine
        self.planned: dict[str, Any] = engine.database
        self.old: str | None = None
        units = " ".join(f"/etc/systemd/system/{u}.service /etc/lab/scripts/{u}-*" for u in self.planned["units"])
        self.files = self.machine.succeed(f"ls -d {units} /etc/my.cnf 2>/dev/null || true").split()
        self.machine.succeed(f"mkdir -p {KEPT}; cp --parents {' '.join(self.files)} {KEPT}")

    def plant(self, place: str, subvolume: str | None = None, no_cow: bool = False, options: str = "noatime") -> str:
        """Copies the database into a directory of the old kind, log beside data, and lets the unit run there."""
        self.engine.stop()
        old = f"{place}/data"
        if subvolume is not None:
            device = self.machine.succeed(f"findmnt -nrvo SOURCE {TOP}").strip()
            self.machine.succeed(
                f"btrfs subvolume create {TOP}/{subvolume}; mkdir -p {place}; mount -o {options},subvol={subvolume} {device} {place}"
            )
        flags = f"chattr +C {old}" if no_cow else "true"
        self.machine.succeed(f"mkdir -p {old}; {flags}; chown --reference={self.source()} {place} {old}; chmod 0750 {old}")
        self.copy_into(old)
        self.must_lie_wrong(old, no_cow)
        self.become_old(old)
        return old

    def source(self) -> str:
        return self.old or str(self.planned["dataDirectory"])

    def copy_into(self, old: str) -> None:
        source = self.source()
        copy = "cp -r --preserve=mode,ownership,timestamps --reflink=never"
        self.machine.succeed(f"{copy} {source}/. {old}/")
        settings = {s["name"]: s["value"] for s in self.planned["settings"]}
        if self.planned["engine"] == "postgresql":
            # pg_wal may be a link.
            self.machine.succeed(f"rm -r {old}/pg_wal; {copy} -L {source}/pg_wal {old}/pg_wal")
        if self.old is None and "innodb_log_group_home_dir" in settings:
            self.machine.succeed(f"{copy} {settings['innodb_log_group_home_dir']}/. {old}/")
        if self.old is None and "log_bin" in settings:
            base = settings["log_bin"]
            self.machine.succeed(f"{copy} {base}.* {old}/; sed -i 's,^.*/,./,' {old}/{base.rsplit('/', 1)[1]}.index")

    def must_lie_wrong(self, old: str, no_cow: bool) -> None:
        command = f"find {old} -type f -size +64k -exec lsattr {{}} + | grep -{'v' if no_cow else ''}c '^[^ ]*C' || true"
        if self.machine.execute(f"stat -f -c %T {old} | grep -q btrfs")[0] == 0 and self.machine.succeed(command).strip() != "0":
            raise AssertionError(f"{old} is not what it is meant to be")

    def become_old(self, old: str) -> None:
        """The configuration that the owner had."""
        self.become_planned()
        data = self.planned["dataDirectory"]
        self.machine.succeed(
            f"sed -i 's,{data}\\([/\" ]\\|$\\),{old}\\1,g; /^innodb_log_group_home_dir/d; s,^log_bin.*,log_bin=binlog,' {' '.join(self.files)}",
            "systemctl daemon-reload",
            f"systemctl reset-failed {' '.join(self.planned['units'])}",
        )
        self.engine.database = self.planned | {"dataDirectory": old}
        self.old = old
        self.engine.start()
        if self.engine.sql("SELECT count(*) FROM words;") != "20000":
            raise AssertionError(f"the old database in {old} is not whole")

    def become_planned(self) -> None:
        """What nixos-rebuild switch does."""
        # More starts in a minute than a host sees in a year.
        self.machine.succeed(f"cp -a {KEPT}/. /", "systemctl daemon-reload", f"systemctl reset-failed {' '.join(self.planned['units'])}")
        self.engine.database = self.planned

    def must_be_as_planned(self) -> None:
        self.old = None
        found = differences(self.host)
        if found:
            raise AssertionError("not as planned:\n" + "\n".join(found))
        self.engine.check()
        self.must_be_whole()
        self.machine.succeed(f"systemctl reset-failed {' '.join(self.planned['units'])}")
        self.host.count("migrations")

    def must_be_whole(self) -> None:
        verdict = Ledger(self.engine, self.host.channel).judge(self.host.reported())
        if verdict.missing:
            raise AssertionError(f"{verdict.missing} acknowledged transactions are missing")
        if self.engine.sql("SELECT count(*) FROM words;") != "20000":
            raise AssertionError("rows are missing")


def do(reader: Followed, block: str, old: str) -> str:
    commands = reader.left[0]["commands"] if reader.left else ""
    filled_in = {"OLD": old, "runbooks/migrate.sh": SCRIPT}
    return reader.done(block, replace={key: value for key, value in filled_in.items() if key in commands})


def old_state(places: Places, old: str) -> str:
    return places.machine.succeed(f"cd {shlex.quote(old)}; find . -type f -printf '%p %s %m %T@\\n' -exec sha256sum {{}} + | sort | sha256sum")


def by_hand(places: Places, reader: Followed, old: str) -> None:
    do(reader, "look", old)
    do(reader, "stop", old)
    before = old_state(places, old)
    for block in ("new", "copy", "compare", "settle", "exchange"):
        do(reader, block, old)
    places.become_planned()
    do(reader, "start", old)
    places.must_be_as_planned()
    do(reader, "back", old)
    if old_state(places, old) != before:
        raise AssertionError("the old files were changed")
    places.become_old(old)


def by_script(places: Places, reader: Followed, old: str) -> None:
    do(reader, "script", old)
    places.become_planned()
    do(reader, "script-finish", old)
    places.must_be_as_planned()
    do(reader, "script-undo", old)
    places.become_old(old)


def beside(places: Places, reader: Followed, old: str) -> None:
    ledger = Ledger(places.engine, places.host.channel)
    ledger.start()
    do(reader, "beside", old)
    if not ledger.is_running():
        raise AssertionError("the copy disturbed the clients")
    if isinstance(places.engine, SQLite):
        # Clients that are no unit of the database's are their owner's to stop.
        ledger.stop()
    began = time.monotonic()
    do(reader, "switch", old)
    places.become_planned()
    do(reader, "finish", old)
    places.host.counts["stopMs"] = round(1000 * (time.monotonic() - began))
    ledger.stop()
    places.must_be_as_planned()
    do(reader, "forget", old)
    if places.machine.succeed(f"find {old} -type f | wc -l").strip() != "0":
        raise AssertionError("the old files are still there")


def file_by_file(places: Places, reader: Followed, old: str) -> None:
    do(reader, "file-by-file", old)
    places.become_planned()
    do(reader, "file-by-file-finish", old)
    places.must_be_as_planned()
    do(reader, "file-by-file-forget", old)
