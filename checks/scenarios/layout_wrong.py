"""Three hosts that are not as planned, each in a way that no command complained of: the comparison must see it, and so
must dbtrfs-verify, which shares no code with it.

For a plan with PostgreSQL, a NOCOW log and compressed data.
"""

from __future__ import annotations

from archive import archive_takes_all
from compare import differences
from engines import PostgreSQL, engines
from host import Host
from layout import fill, load
from verify import verify


def run(host: Host) -> None:
    host.wait_until_up()
    engine = engines(host)[0]
    if not isinstance(engine, PostgreSQL):
        raise AssertionError("this scenario needs a plan with PostgreSQL first")
    archive_takes_all(host)
    fill(engine, host.channel)
    with host.subtest("a host as planned"):
        expect(host, [])
    with host.subtest("compression lost to fallocate"):
        lose_compression(host, engine)
    with host.subtest("+C set when the files were there already"):
        flag_too_late(host, engine)
    with host.subtest("a nodatacow mount option crept in"):
        mount_nodatacow(host, engine)


def expect(host: Host, wanted: list[str], *checks: str) -> None:
    """Each wanted text is in a difference, and nothing is different where none is wanted; verify names these checks."""
    found = differences(host)
    unseen = [text for text in wanted if not any(text in line for line in found)]
    if unseen or (found and not wanted):
        raise AssertionError(f"expected {wanted}, found {found}")
    status, report = verify(host)
    named = {finding["check"] for finding in report["findings"]}
    if named != set(checks) or status != (1 if checks else 0):
        raise AssertionError(f"expected {checks} of dbtrfs-verify, found {report['findings']}")
    host.count("seen", len(wanted))


def lose_compression(host: Host, engine: PostgreSQL) -> None:
    engine.sql("ALTER SYSTEM SET file_extend_method = posix_fallocate;")
    engine.machine.succeed("systemctl restart postgresql")
    engine.sql("CREATE TABLE more (id INT, text VARCHAR(200));")
    rows = "awk 'BEGIN { for (i = 0; i < 100000; i++) print i \"\\t\" \"compressible, and not compressed\" }'"
    load(engine, rows, "more")
    engine.checkpoint()
    expect(host, ["bytes on disk, planned zstd"], "compression", "settings")
    engine.sql("DROP TABLE more;")
    engine.sql("ALTER SYSTEM RESET file_extend_method;")


def flag_too_late(host: Host, engine: PostgreSQL) -> None:
    log = next(d["path"] for d in engine.database["directories"] if d["component"] == "log")
    engine.stop()
    # The order that many guides have: copy first, flag afterwards. chattr reports success.
    engine.machine.succeed(
        f"mv {log} {log}.old && mkdir {log} && cp --recursive --preserve=mode,ownership {log}.old/. {log}/",
        f"chown --reference={log}.old {log} && chmod --reference={log}.old {log}",
        f"chattr -R -f +C {log}",
    )
    expect(host, [f"{log}/17/", "CoW, planned NOCOW"], "flags", "server")
    # Nor does the database start on it: the module's own check refuses.
    engine.machine.fail(f"systemctl start dbtrfs-attributes-{engine.name}.service")
    engine.machine.succeed(f"rm -r {log} && mv {log}.old {log}")
    engine.start()
    expect(host, [])


def mount_nodatacow(host: Host, engine: PostgreSQL) -> None:
    mount = engine.database["mountPoint"]
    # Of another subvolume of the same filesystem, and of all of them at once.
    other = next(
        s["mountPoint"] for f in host.plan["filesystems"] for s in f["subvolumes"] if s["mountPoint"] not in (mount, "/")
    )
    engine.machine.succeed(f"mount -o remount,nodatacow {host.mount_points[other]}")
    engine.sql("CREATE TABLE after_remount AS SELECT n, repeat('x', 100) FROM generate_series(1, 20000) n;")
    engine.checkpoint()
    expect(host, [f"{mount}: has nodatacow, which is not planned", "NOCOW, planned CoW"], "mount-options", "flags", "compression")
