"""Snapshots sent to a second disk, here or on another host, and a restore from what was received."""

from __future__ import annotations

from backup_ssh import authorize, start_sshd
from backup_way import Way

BLOB_MIB = 128
FILTER = "/usr/share/btrbk/scripts/ssh_filter_btrbk.sh"
# Another program, another place, and one command behind another.
REFUSED = (
    "cat /etc/passwd",
    "sudo -n btrfs subvolume delete /srv",
    "'sudo -n btrfs subvolume list /mnt/backup; id'",
    "sudo -n btrfs subvolume snapshot /mnt/backup /mnt/backup/another",
)


class Send(Way):
    first_unit = "btrbk-dbtrfs-lab"
    asks_server = False

    def prepare_ssh(self) -> None:
        start_sshd(self.machine)
        # As services.btrbk.sshAccess writes it, with the roles and the path of docs/backups.md.
        forced = f"{FILTER} --sudo --target --info --delete --restrict-path {self.disk}"
        authorize(self.machine, self.name, "root", "btrbk", f'command="{forced}"')
        programs = ", ".join(f"{folder}/{p}" for folder in ("/bin", "/usr/bin") for p in ("btrfs", "mkdir", "readlink"))
        self.machine.succeed(f"echo 'btrbk ALL=(root) NOPASSWD: {programs}' > /etc/sudoers.d/btrbk; mkdir -m 0700 {self.target}")
        shell = f"ssh -i /var/lib/dbtrfs/secrets/{self.name}.key btrbk@localhost"
        for command in REFUSED:
            self.machine.succeed(f"{{ {shell} {command} || true; }} 2>&1 | grep -q 'ssh command rejected'")
            self.host.count("refused")

    def prove(self) -> None:
        self.ledger.create()
        blob = f"{self.engine.database['dataDirectory']}/blob"
        self.machine.succeed(f"head -c {BLOB_MIB}M /dev/urandom > {blob}")
        first = self.send()
        reported = self.under_load()
        second = self.send()
        self.stop_load()
        if first < BLOB_MIB or second > BLOB_MIB // 4:
            raise AssertionError(f"{self.name}: {first} MiB were sent first and {second} MiB then")
        self.host.counts["firstMiB"], self.host.counts["secondMiB"] = first, second
        self.restore()
        self.judge(reported, "all before the last snapshot")

    def send(self) -> int:
        """How many MiB the second disk holds more afterwards."""
        before, there = self.used(), len(self.received())
        self.machine.succeed("systemctl start dbtrfs-snapshot-lab")
        arrived = f"[ $(ls -d {self.target}/{self.name}.2* | wc -l) = {there + 1} ]"
        self.machine.wait_until_succeeds(f"{arrived} && [ $(systemctl is-active btrbk-dbtrfs-lab) = inactive ]", timeout=60)
        self.host.count("backups")
        return self.used() - before

    def received(self) -> list[str]:
        return self.machine.succeed(f"ls -d --sort=version {self.target}/{self.name}.2* 2>/dev/null || true").split()

    def used(self) -> int:
        self.machine.succeed(f"sync -f {self.disk}")
        line = self.machine.succeed(f"btrfs filesystem usage --raw {self.disk} | grep -w 'Used:' | head -n 1")
        return int(line.split()[-1]) >> 20

    def restore(self) -> None:
        self.delete_everything()
        mount = self.engine.database["mountPoint"]
        self.machine.succeed(f"cp --archive --reflink=never {self.received()[-1]}/. {mount}/")
        self.engine.start()
