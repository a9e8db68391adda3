"""The engine of each kind of instance."""

from __future__ import annotations

from .engine import Engine
from .innodb import InnoDB
from .postgresql import PostgreSQL
from .sqlite import SQLite

ENGINES: dict[str, type[Engine]] = {
    "postgresql": PostgreSQL,
    "mysql": InnoDB,
    "mariadb": InnoDB,
    "sqlite": SQLite,
}
