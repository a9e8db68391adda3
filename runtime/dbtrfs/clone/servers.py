"""How the server of a clone is started, as pure functions. What it must not do to others is said on its command line, which
stands above its files and above what the database itself has stored (ALTER SYSTEM, SET PERSIST).

In its unit's view the clone is mounted in the place of the original (modules/clones.nix): every path is the original's.
"""

from __future__ import annotations

from pathlib import Path

from ..instances import Instance
from ..restore import innodb_files, postgresql_files
from ..restore.places import Copy
from .policy import MIB, Policy
from .ports import ADDRESS
from .record import Clone

RUN = Path("/run/dbtrfs-clone")


def run_folder(name: str) -> Path:
    """With the server's socket."""
    return RUN / name


def command(instance: Instance, clone: Clone, policy: Policy) -> list[str]:
    if instance.engine == "postgresql":
        words = ["postgres", "-D", instance.data_directory]
        words += postgresql_files.arguments(postgresql_settings(clone, policy))
    else:
        words = ["mysqld", *innodb_options(instance, clone, policy)]
    return [f"{instance.server}/bin/{words[0]}", *words[1:]]


def postgresql_settings(clone: Clone, policy: Policy) -> dict[str, str]:
    """postgresql.org/docs/current/runtime-config.html. A cluster's identifier stays: only streaming and archives ask for it,
    and both are off."""
    return {
        "cluster_name": f"clone-{clone.name}",
        "listen_addresses": ADDRESS,
        "port": str(clone.port),
        "unix_socket_directories": str(run_folder(clone.name)),
        "external_pid_file": "",
        # Nothing leaves it: no archive, no standby, no subscription, and no commit that waits for a standby.
        "archive_mode": "off",
        "max_wal_senders": "0",
        "max_logical_replication_workers": "0",
        "synchronous_standby_names": "",
        "primary_conninfo": "",
        # pg_cron from 1.6 on; elsewhere a name without a meaning.
        "cron.launch_active_jobs": "off",
        "shared_buffers": f"{policy.memory // 4 // MIB}MB",
        "effective_cache_size": f"{policy.memory // 2 // MIB}MB",
        "maintenance_work_mem": f"{max(16, policy.memory // 16 // MIB)}MB",
        "huge_pages": "off",
        "logging_collector": "off",
        "log_destination": "stderr",
    }


def innodb_options(instance: Instance, clone: Clone, policy: Policy) -> list[str]:
    """`loose`: what only one of MySQL, MariaDB and Galera knows is no error for the others."""
    original = Copy(instance, Path(instance.mount_point))
    assert clone.port is not None
    return [
        *innodb_files.server_options(original, run_folder(clone.name)),
        f"--port={clone.port}",
        f"--bind-address={ADDRESS}",
        "--skip-networking=OFF",
        # Another server than the original, in its own log as well.
        f"--server-id={SERVER_IDS + clone.port}",
        "--read-only=OFF",
        "--loose-super-read-only=OFF",
        "--loose-persisted-globals-load=OFF",
        "--loose-wsrep-on=OFF",
        "--loose-wsrep-provider=none",
        "--loose-group-replication-start-on-boot=OFF",
        f"--innodb-buffer-pool-size={policy.memory // 2 // MIB}M",
        "--loose-large-pages=OFF",
    ]


# Far from those that people give, and below 2^32 with any port on top.
SERVER_IDS = 4_000_000_000
