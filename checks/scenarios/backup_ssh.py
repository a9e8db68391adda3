"""The receiving host, which is this machine itself here: a server for ssh, and a key with its restrictions."""

from __future__ import annotations

from host import Machine


def start_sshd(machine: Machine) -> None:
    machine.succeed(
        "mkdir -p /run/sshd; ssh-keygen -A >&2; /usr/sbin/sshd",
        "ssh-keyscan localhost 2>/dev/null > /etc/ssh/ssh_known_hosts; [ -s /etc/ssh/ssh_known_hosts ]",
    )


def authorize(machine: Machine, name: str, owner: str, account: str, restriction: str) -> None:
    """A new key for `owner` where the database's backup looks for it; `account` lets it in, restricted."""
    key = f"/var/lib/dbtrfs/secrets/{name}.key"
    home = f"/home/{account}"
    machine.succeed(
        f"id {account} || useradd --system --user-group {account}",
        f"usermod --home {home} --shell /bin/bash {account}; install -d -o {account} -g {account} {home} {home}/.ssh",
        f"ssh-keygen -q -t ed25519 -N '' -f {key}; chown {owner} {key}",
        f"echo '{restriction} '$(cat {key}.pub) > {home}/.ssh/authorized_keys",
    )
