"""Databases of some size, and loads on them and on their clones."""

from __future__ import annotations

import shlex
import time

from engines import Engine, InnoDB, PostgreSQL, SQLite
from host import Host

GIB = 1 << 30
PIECE = 1 << 26  # bytes of rows at a time
ROW = 8000


def fill_to(engine: Engine, size: float) -> int:
    """Rows of bytes that no filesystem compresses, until so many GiB; MiB of the database's files."""
    engine.sql(f"CREATE TABLE IF NOT EXISTS bulk (id {serial(engine)}, payload {'BYTEA' if isinstance(engine, PostgreSQL) else 'BLOB'});")
    pieces, rows = int(size * GIB / PIECE), PIECE // ROW
    batch = shlex.quote(rows_of(engine, rows))
    client = engine.as_user(engine.client())
    engine.machine.succeed(f"for i in $(seq {pieces}); do {client} <<< {batch} > /dev/null; done", timeout=800)
    engine.checkpoint()
    mount = engine.database["mountPoint"]
    return int(engine.machine.succeed(f"du --summarize --block-size=1M --exclude=.dbtrfs {mount}").split()[0])


def serial(engine: Engine) -> str:
    if isinstance(engine, PostgreSQL):
        return "BIGSERIAL PRIMARY KEY"
    return "BIGINT AUTO_INCREMENT PRIMARY KEY" if isinstance(engine, InnoDB) else "INTEGER PRIMARY KEY"


def rows_of(engine: Engine, count: int) -> str:
    if isinstance(engine, PostgreSQL):
        # EXTERNAL: no time is spent on compressing what cannot be.
        random = "decode(repeat(md5(i::text || random()), 250), 'hex')"
        return f"ALTER TABLE bulk ALTER payload SET STORAGE EXTERNAL; INSERT INTO bulk (payload) SELECT {random} FROM generate_series(1, {count * 2}) i;"
    if isinstance(engine, SQLite):
        counted = f"WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {count})"
        return f"{counted} INSERT INTO bulk (payload) SELECT randomblob({ROW}) FROM s;"
    counted = f"WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {count})"
    limit = "cte_max_recursion_depth" if engine.database["engine"] == "mysql" else "max_recursive_iterations"
    return f"SET SESSION {limit} = 100000; INSERT INTO bulk (payload) {counted} SELECT REPEAT(RANDOM_BYTES(1000), 8) FROM s;"


def rate(host: Host, engine: Engine, seconds: int) -> int:
    """Transactions a second that the original's clients had acknowledged."""
    mine = f"{engine.name} "

    def reported() -> int:
        return sum(line.startswith(mine) for line in host.reported())

    before, began = reported(), time.monotonic()
    time.sleep(seconds)
    return round((reported() - before) / (time.monotonic() - began))


CHANGES = {
    "postgresql": "payload || ''::bytea",
    "mysql": "CONCAT(SUBSTRING(payload, 2), 'x')",
    "mariadb": "CONCAT(SUBSTRING(payload, 2), 'x')",
    "sqlite": f"randomblob({ROW})",
}


def write_to(clone: Engine, name: str) -> str:
    """One client that changes rows all over a clone's database; its unit."""
    change = CHANGES[clone.database["engine"]]
    # Fifty a second, so that ten clones leave the original a machine to run on.
    some = f'for k in $(seq 10); do n=$((n + 1)); echo "UPDATE bulk SET payload = {change} WHERE id = $((1 + n * 7919 % 100000));"; done'
    pipeline = f"n=0; while true; do {some}; sleep 0.2; done | {clone.client()} > /dev/null"
    unit = f"clone-load-{name}.service"
    clone.machine.succeed(
        f"systemd-run --quiet --collect --unit={unit} --uid={clone.user} --setenv=PATH=\"$PATH\" bash -c {shlex.quote(pipeline)}"
    )
    return unit
