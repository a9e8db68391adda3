"""A server that would start on storage which loses what was planned does not start, the journal says why, and with that
mended it starts again. Each is caused on a host that was as planned."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from engines import Engine, PostgreSQL, engines
from host import Host
from layout import fill


def run(host: Host) -> None:
    host.wait_until_up()
    for engine in engines(host):
        fill(engine, host.channel)
        for name, (cause, said, mend) in troubles(engine).items():
            with host.subtest(f"{engine.name}: {name}"):
                refused(engine, cause, said, mend)


Trouble = tuple[Callable[[], object], str, Callable[[], object]]


def troubles(engine: Engine) -> dict[str, Trouble]:
    """By name: what causes it, what the journal says, what mends it. The server is stopped all the while."""
    machine, mount = engine.machine, engine.database["mountPoint"]
    found: dict[str, Trouble] = {
        "mounted with nodatacow": (
            lambda: machine.succeed(f"mount -o remount,nodatacow {mount}"),
            "found mounted with nodatacow, planned checksums",
            lambda: machine.succeed(f"mount -o remount,datacow,datasum {mount}"),
        ),
    }
    found |= not_mounted(engine)
    nocow = next((d["path"] for d in engine.database["directories"] if d["noCow"]), None)
    if nocow is not None:
        found["NOCOW on data with copies"] = (
            lambda: machine.succeed(f"btrfs balance start --force -dconvert=dup {mount}"),
            "found data with the profile DUP, planned single or raid0",
            lambda: machine.succeed(f"btrfs balance start -dconvert=single {mount}"),
        )
        found["a copy with the wrong flag"] = wrong_flag(engine, nocow)
    if engine.database["layout"]["data"] == "nocow":
        found |= without_page_checksums(engine)
    return found


def not_mounted(engine: Engine) -> dict[str, Trouble]:
    """A mount that has vanished from the configuration: systemd would mount any other before the server starts."""
    logs = [log["mountPoint"] for log in engine.host.plan["logFilesystems"] if log["database"] == engine.name]
    # With a log mounted below it the subvolume cannot be taken off alone.
    path, said = (logs[0], "planned filesystem xfs") if logs else (engine.database["mountPoint"], "planned a mounted subvolume")
    # A container has a unit file in place of the line in fstab.
    unit = f"/etc/systemd/system/$(systemd-escape --path --suffix=mount {path})"
    forget = (
        f"cp /etc/fstab /etc/fstab.kept; sed -i '\\# {path} #d' /etc/fstab; if [ -e {unit} ]; then mv {unit} {unit}.kept; fi; "
        f"systemctl daemon-reload; umount {path}"
    )
    recall = f"mv /etc/fstab.kept /etc/fstab; if [ -e {unit}.kept ]; then mv {unit}.kept {unit}; fi; systemctl daemon-reload"
    return {"not mounted": (lambda: engine.machine.succeed(forget), said, lambda: engine.machine.succeed(recall))}


def wrong_flag(engine: Engine, directory: str) -> Trouble:
    """A file that is moved in keeps its flag."""
    stray, made = f"{directory}/stray", f"{engine.database['mountPoint']}/stray"
    return (
        lambda: engine.machine.succeed(f"touch {made}; chattr -C {made}; head -c 64K /dev/urandom > {made}; mv {made} {stray}"),
        f"{stray}: found a copy-on-write file, planned NOCOW",
        lambda: engine.machine.succeed(f"rm {stray}"),
    )


def without_page_checksums(engine: Engine) -> dict[str, Trouble]:
    machine, data = engine.machine, engine.database["dataDirectory"]
    if isinstance(engine, PostgreSQL):
        return {
            "page checksums off": (
                lambda: machine.succeed(engine.as_user(f"pg_checksums --disable --pgdata={data}")),
                "found no page checksums",
                lambda: machine.succeed(engine.as_user(f"pg_checksums --enable --pgdata={data}")),
            )
        }
    if engine.database["engine"] != "mysql":
        return {}
    return {
        "page checksums persisted off": (
            lambda: persist(engine, "SET PERSIST innodb_checksum_algorithm = none;"),
            "found innodb_checksum_algorithm none",
            lambda: machine.succeed(f"rm {data}/mysqld-auto.cnf"),
        )
    }


def persist(engine: Engine, statement: str) -> None:
    engine.start()
    engine.sql(statement)
    engine.stop()


def refused(engine: Engine, cause: Callable[[], object], said: str, mend: Callable[[], object]) -> None:
    machine, units = engine.machine, engine.database["units"]
    engine.stop()
    cause()
    since = machine.succeed("date '+%F %T.%N'").strip()
    machine.fail(f"systemctl start {' '.join(units)}")
    journal = machine.succeed(f"journalctl --no-pager --since={shlex.quote(since)} --unit=dbtrfs-attributes-{engine.name}")
    if said not in journal:
        raise AssertionError(f"{engine.name}: the journal does not say '{said}':\n{journal}")
    mend()
    machine.succeed("systemctl reset-failed")
    engine.start()
    if engine.sql("SELECT count(*) FROM words;") != "20000":
        raise AssertionError(f"{engine.name}: rows are missing")
    engine.host.count("refused")
