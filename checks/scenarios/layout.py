"""The planned storage on a machine that was formatted, started, used, and started again."""

from __future__ import annotations

import shlex

from compare import differences
from engines import Engine, InnoDB, SQLite, engines
from host import Host
from ledger import Ledger


def run(host: Host) -> None:
    with host.subtest("the databases start on the planned storage"):
        host.wait_until_up()
        for engine in engines(host):
            fill(engine, host.channel)

    with host.subtest("they come back after a reboot"):
        host.reboot()
        host.wait_until_up()
        for engine in engines(host):
            if engine.sql("SELECT count(*) FROM words;") != "20000":
                raise AssertionError(f"{engine.name}: rows are missing after the reboot")

    with host.subtest("a server that recovers is not killed for it"):
        for engine in engines(host):
            if not isinstance(engine, SQLite):
                may_take_its_time(engine)

    with host.subtest("the machine is as planned"):
        found = differences(host)
        host.counts["differences"] = len(found)
        if found:
            raise AssertionError("not as planned:\n" + "\n".join(found))
        host.counts["directories"] = sum(len(d["directories"]) for d in host.databases)


def may_take_its_time(engine: Engine) -> None:
    """NixOS's own limits stand in the same unit; systemd takes the last one."""
    for unit in engine.database["units"]:
        limits = engine.machine.succeed(f"systemctl show {unit} --property=TimeoutStartUSec,TimeoutStopUSec --value").split()
        if limits != ["infinity", "15min"]:
            raise AssertionError(f"{unit}: may take {limits} to start and to stop")


def fill(engine: Engine, channel: str) -> None:
    """Compressible rows in bulk, as a COPY or a load writes them: where fallocate would lose compression."""
    Ledger(engine, channel).create()
    rows = "awk 'BEGIN { for (i = 0; i < 20000; i++) print i \"\\t\" \"storage for databases, planned and proved, row \" i % 50 }'"
    engine.sql("CREATE TABLE IF NOT EXISTS words (id INT PRIMARY KEY, text VARCHAR(200));")
    load(engine, rows)
    engine.checkpoint()


def load(engine: Engine, rows: str, table: str = "words") -> None:
    """Rows of a number and a text, as a shell command prints them."""
    file = "/tmp/words.tsv"
    engine.machine.succeed(f"{rows} > {file}; chmod 644 {file}")
    if isinstance(engine, SQLite):
        engine.sql(f".mode tabs\n.import {file} {table}")
    elif isinstance(engine, InnoDB):
        values = "awk -F'\\t' '{ printf \"%s(%d,\\x27%s\\x27)\", NR % 500 == 1 ? (NR > 1 ? \";\" : \"\") \"INSERT INTO words VALUES \" : \",\", $1, $2 } END { print \";\" }'"
        engine.machine.succeed(f"{values} {file} | {engine.as_user(engine.client())}")
    else:
        engine.machine.succeed(engine.as_user(f"{engine.client()} --command={shlex.quote(f'COPY {table} FROM STDIN')}") + f" < {file}")
