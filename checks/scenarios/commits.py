"""A client of a PostgreSQL cluster: it commits numbers, one after the other, wherever the primary is, and reports each once
it was answered. After an error it goes on with the next number: whether the last one was committed, nobody told it."""

from __future__ import annotations

import time

from cluster import Cluster

# tcp_user_timeout: a machine that is gone sends nothing back.
PROGRAM = """
import sys, time
import psycopg2
addresses, first, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
number = first
with open(path, "w", buffering=1) as channel:
    while True:
        try:
            connection = psycopg2.connect(host=addresses, user="postgres", password="of-the-lab", dbname="postgres",
                target_session_attrs="read-write", connect_timeout=2, tcp_user_timeout=3000)
            with connection.cursor() as cursor:
                while True:
                    number += 1
                    cursor.execute("INSERT INTO commits VALUES (%s)", (number,))
                    connection.commit()
                    channel.write(f"commit {number}\\n")
        except psycopg2.Error as error:
            print(error, file=sys.stderr)
            time.sleep(0.2)
"""


class Commits:
    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.answered: set[int] = set()
        self.runs_on: str | None = None
        self.starts = 0

    def create(self, primary: str) -> None:
        self.cluster.engine(primary).sql("CREATE TABLE commits (n BIGINT PRIMARY KEY);")

    def start(self, member: str) -> None:
        """On a machine that will not be lost. Each run begins far beyond the numbers of the last one."""
        host = self.cluster.hosts[member]
        addresses = ",".join(self.cluster.addresses.values())
        self.starts += 1
        host.machine.succeed(
            f"cat > /run/commits.py <<'PROGRAM'\n{PROGRAM}\nPROGRAM",
            f"systemd-run --quiet --collect --unit=commits python3 /run/commits.py {addresses} {self.starts * 1_000_000} {host.channel}",
        )
        self.runs_on = member

    def stop(self) -> None:
        assert self.runs_on
        host = self.cluster.hosts[self.runs_on]
        host.machine.succeed("systemctl stop commits")
        time.sleep(0.2)
        self._collect()
        self.runs_on = None

    def _collect(self) -> None:
        assert self.runs_on
        lines = self.cluster.hosts[self.runs_on].reported()
        self.answered |= {int(line.split()[1]) for line in lines if line.startswith("commit ")}

    def goes_on(self) -> bool:
        """Whether more was answered since the last look."""
        before = len(self.answered)
        self._collect()
        return len(self.answered) > before

    def must_be_there(self, member: str) -> None:
        found = {int(n) for n in self.cluster.engine(member).sql("SELECT n FROM commits;").split()}
        missing = self.answered - found
        self.cluster.counts["acknowledged"] = len(self.answered)
        self.cluster.count("missing", len(missing))
        if missing:
            raise AssertionError(f"{member}: {len(missing)} of {len(self.answered)} answered commits are missing: {sorted(missing)[:5]}")
