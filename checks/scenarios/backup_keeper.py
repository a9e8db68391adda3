"""The machines of the scenario backup_host, as far as one machine can stand for them: each sending host has a filesystem
and a key of its own, and reaches the backup host's filesystem by ssh alone."""

from __future__ import annotations

import base64
import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

import forged_stream
from backup_ssh import start_sshd
from host import Host

DIRECTORY = "/mnt/received"
KEYS = "/etc/ssh/authorized_keys.d/btrbk"


@dataclass(frozen=True)
class Verdict:
    status: int
    checks: list[str]  # with findings
    subjects: list[str]


class Keeper:
    """The backup host."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.machine = host.machine

    def set_up(self, mounts: Sequence[str] = ("mnt-received", "mnt-second")) -> None:
        for number, mount in enumerate(mounts, 1):
            disk = f"BACKUP{number}"
            self.machine.succeed(f"mkfs.btrfs --quiet --force /dev/disk/by-id/{disk}; systemctl reset-failed", f"systemctl start {mount}.mount")
        # Where NixOS has them; sshd looks there for declared keys.
        self.machine.succeed(
            "mkdir -p /run/wrappers/bin; ln -sf /usr/bin/sudo /run/wrappers/bin/sudo; usermod --shell /bin/sh btrbk",
            f"echo 'AuthorizedKeysFile {KEYS.replace('btrbk', '%u')}' > /etc/ssh/sshd_config.d/keys.conf",
        )
        start_sshd(self.machine)
        self.machine.succeed("systemctl start dbtrfs-backup-host.service")

    def admit(self, name: str, key: str) -> None:
        """The key of a file takes the place of the one that the configuration has."""
        self.machine.succeed(f"awk -v new=\"$(cut -d ' ' -f 1,2 {key}.pub)\" '{{ sub(/ssh-ed25519 AAAA{name}/, new) }} 1' {KEYS} > /run/keys.new && cat /run/keys.new > {KEYS}")

    def make_key(self, name: str, key: str) -> None:
        self.machine.succeed(f"ssh-keygen -q -t ed25519 -N '' -f {key}")
        self.admit(name, key)

    def names(self, sender: str, database: str) -> list[str]:
        """What is in its directory, whole or not."""
        return self.machine.succeed(f"ls --sort=version {DIRECTORY}/{sender}/{database}").split()

    def verify(self, *senders: str) -> Verdict:
        status, output = self.machine.execute(f"dbtrfs-received verify --json {' '.join(senders)} 2>/dev/null")
        findings = json.loads(output)["findings"]
        return Verdict(status, sorted({f["check"] for f in findings}), [f["subject"] for f in findings])

    def expect(self, *checks: str) -> Verdict:
        verdict = self.verify()
        if verdict.checks != sorted(checks) or verdict.status != (1 if checks else 0):
            raise AssertionError(f"findings of {verdict.checks or 'none'} ({verdict.status}), expected {sorted(checks) or 'none'}: {verdict.subjects}")
        self.host.count("verified")
        return verdict

    def builds_on_another(self, sender: str, database: str) -> bool:
        newest = self.names(sender, database)[-1]
        shown = self.machine.succeed(f"btrfs subvolume show {DIRECTORY}/{sender}/{database}/{newest}")
        return not any(line.split()[:2] == ["Parent", "UUID:"] and line.split()[2] == "-" for line in shown.splitlines())

    def set_limit(self, sender: str, size: int) -> None:
        """Bytes, which is finer than the option has it."""
        text = json.loads(self.machine.succeed("cat /etc/dbtrfs/backup-host.json"))
        text["hosts"][sender]["spaceLimit"] = size
        self.machine.succeed(f"echo {shlex.quote(json.dumps(text))} > /etc/dbtrfs/backup-host.json; dbtrfs-received prepare")


class SecondSender:
    """A host without a database server: a subvolume with a file, snapshots as dbtrfs-snapshot leaves them, and btrbk."""

    key = "/mnt/second/key"

    def __init__(self, host: Host, keeper: Keeper) -> None:
        self.host = host
        self.keeper = keeper
        self.machine = host.machine

    def set_up(self) -> None:
        self.machine.succeed("btrfs --quiet subvolume create /mnt/second/data; mkdir /mnt/second/snapshots")
        self.keeper.make_key("second", self.key)
        settings = (
            "timestamp_format long\nsnapshot_dir /mnt/second/snapshots\nsnapshot_preserve_min all\n"
            f"backend_remote btrfs-progs-sudo\nssh_user btrbk\nssh_identity {self.key}\n"
            "target_preserve_min latest\ntarget_preserve no\n"
            "subvolume /mnt/second/data\n snapshot_name files\n snapshot_create no\n"
            f" target ssh://localhost{DIRECTORY}/second/files\n"
        )
        self.machine.succeed(f"printf %s {shlex.quote(settings)} > /mnt/second/btrbk.conf")

    def snapshot(self, when: str) -> str:
        """`when` as date(1) reads it; its name."""
        stamp = self.machine.succeed(f"date --date='{when}' +%Y%m%dT%H%M").strip()
        self.machine.succeed(
            f"date --date='{when}' --iso-8601=seconds | sed s/^/taken=/ > /mnt/second/data/.dbtrfs-snapshot; sync",
            f"btrfs --quiet subvolume snapshot -r /mnt/second/data /mnt/second/snapshots/files.{stamp}",
        )
        return f"files.{stamp}"

    def forget(self, name: str) -> None:
        self.machine.succeed(f"btrfs --quiet subvolume delete /mnt/second/snapshots/{name}")

    def write(self, mib: int, name: str = "file") -> None:
        self.machine.succeed(f"head -c {mib}M /dev/urandom > /mnt/second/data/{name}")

    def run(self) -> int:
        """btrbk's exit status."""
        return self.machine.execute("btrbk --config /mnt/second/btrbk.conf --quiet --preserve-backups run 2>&1")[0]

    def ask(self, command: str) -> tuple[int, str]:
        return self.machine.execute(f"ssh -i {self.key} btrbk@localhost {command} 2>&1")

    def send_by_hand(self, name: str, directory: str, filter: str = "cat") -> tuple[int, str]:
        """Whole, and with a program between the two ends."""
        stream = f"btrfs send --quiet /mnt/second/snapshots/{name} | {filter}"
        return self.machine.execute(f"{{ {stream}; }} 2>/dev/null | ssh -i {self.key} btrbk@localhost btrfs receive {directory} 2>&1")

    def forge(self, path: str) -> tuple[int, str]:
        text = base64.b64encode(forged_stream.stream(path, "forged")).decode()
        return self.machine.execute(f"echo {text} | base64 -d | ssh -i {self.key} btrbk@localhost btrfs receive {DIRECTORY}/second/files 2>&1")
