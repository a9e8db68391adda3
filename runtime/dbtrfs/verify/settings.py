"""Settings and version as the server reports them, against what is planned."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .finding import Finding
from .plan import Database, Setting
from .servers import Server
from .values import canonical, version

# The plan has the option, the server reports the path under another name.
REPORTED_AS = {"log_bin": "log_bin_basename"}
# An option of the start and no variable: what it loads shows in the settings that come with it.
NOT_REPORTED = {"plugin_load_add"}
SET_BY = {
    "postgresql": (
        "Is it in postgresql.auto.conf? Then 'ALTER SYSTEM RESET {name}', and reload or restart the server. "
        "Otherwise compare services.postgresql.settings with the plan."
    ),
    "mysql": (
        "Was it SET GLOBAL or SET PERSIST? Then 'RESET PERSIST {name}' and restart the server. Otherwise compare "
        "services.mysql.settings with the plan."
    ),
    "mariadb": "Was it SET GLOBAL? Then restart the server. Otherwise compare services.mysql.settings with the plan.",
}


def known(database: Database, server: Server) -> list[Setting]:
    """A setting that came with a later version is not set on this one."""
    running = version(server.version)
    return [
        s
        for s in database.settings
        if s.name not in NOT_REPORTED and (s.since is None or running >= version(s.since))
    ]


def compare_settings(database: Database, server: Server) -> Iterator[Finding]:
    for setting in known(database, server):
        if setting.name == page_checksums_setting(database) and _has_none(server, setting.name):
            continue  # said by its own check
        name = REPORTED_AS.get(setting.name, setting.name)
        value = server.settings.get(name)
        subject, advice = f"{database.name}, {setting.name}", SET_BY[database.engine].format(name=setting.name)
        if value is None:
            yield Finding("settings", subject, "unknown to the server", str(setting.value), advice)
        elif canonical(value.text, value.unit) != canonical(_in_effect(setting, server), value.unit):
            yield Finding("settings", subject, f"{value.text}{value.unit and ' × ' + value.unit}", str(setting.value), advice)


def _in_effect(setting: Setting, server: Server) -> object:
    """InnoDB rounds its buffer pool up to whole chunks of every instance (MySQL manual, "Configuring InnoDB Buffer Pool
    Size")."""
    if setting.name != "innodb_buffer_pool_size":
        return setting.value
    chunk, instances = (
        int(server.settings[name].text) if name in server.settings else 1
        for name in ("innodb_buffer_pool_chunk_size", "innodb_buffer_pool_instances")
    )
    step = max(chunk, 1) * max(instances, 1)
    return math.ceil(float(canonical(setting.value)) / step) * step


def compare_version(database: Database, server: Server) -> Iterator[Finding]:
    """PostgreSQL's series is the first number, MySQL's and MariaDB's the first two; a later release of it is fine."""
    if database.version is None:
        return
    planned, found = version(database.version), version(server.version)
    length = 1 if database.engine == "postgresql" else 2
    if found[:length] != planned[:length] or found < planned:
        advice = (
            "Settings and directories were planned for the other version: plan again with the one that runs, or "
            "change the package."
        )
        yield Finding("version", database.name, server.version, database.version, advice)


def compare_page_checksums(database: Database, server: Server) -> Iterator[Finding]:
    if not database.page_checksums:
        return
    name = page_checksums_setting(database)
    if _has_none(server, name):
        advice = (
            "Stop the server and run 'pg_checksums --enable --pgdata DIRECTORY' as its user."
            if database.engine == "postgresql"
            else "Take innodb_checksum_algorithm out of the configuration (RESET PERSIST), restart, and rewrite what was "
            "written meanwhile: ALTER TABLE … FORCE."
        )
        yield Finding("page-checksums", database.name, f"{name} = {server.settings[name].text}", "on", advice)


def page_checksums_setting(database: Database) -> str:
    return "data_checksums" if database.engine == "postgresql" else "innodb_checksum_algorithm"


def _has_none(server: Server, name: str) -> bool:
    value = server.settings[name].text
    return value == "off" or value.endswith("none")
