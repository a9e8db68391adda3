"""A guest on the host's own kernel: systemd and the real servers in a container, its disks on loop devices.

It boots in seconds and runs at full speed, so it carries the scenarios where the kernel's own start is not the point.
What it cannot show: udev, device-mapper, vfat, and a kernel that comes up by itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from pathlib import Path

from channel import Channel
from container_root import ContainerRoot
from control_group import ControlGroup
from disks import Cut, Disk, LoopDevices, log_positions
from guest import Guest, run
from machine import Machine, RequestedAssertionFailed, retry

CHANNEL = "/run/host-channel/reports"

# In place of udev, which does not run here: names of partitions.
LINKS = """#!/bin/bash
mkdir -p /dev/disk/by-partlabel
for device in %s; do
  partx --update "$device" 2>/dev/null
  for part in "$device"p*; do
    [ -b "$part" ] || continue
    name=$(blkid --probe --match-tag PART_ENTRY_NAME --output value "$part") || continue
    ln -sfn "$part" "/dev/disk/by-partlabel/$name"
  done
done
"""


class NspawnMachine(Machine):
    # Without what its builder appended.
    kernel = os.uname().release.split("-")[0]

    def __init__(self, guest: Guest, disks: list[Disk], folder: Path, logged: bool, network: Path | None = None) -> None:
        self.guest = guest
        self.disks = disks
        self.folder = folder
        self.logged = logged
        # A namespace that the machine shares with nobody; without one it has the loopback interface alone.
        self.network = "--private-network" if network is None else f"--network-namespace-path={network}"
        self.channel = Channel(self._positions)
        self.channel_path = CHANNEL
        self.devices: LoopDevices | None = None
        self.container: subprocess.Popen[bytes] | None = None
        self.leader: int | None = None
        self.installing = False
        self.root = ContainerRoot(guest, folder)
        self.group = ControlGroup(folder.name)
        self._boots = 0

    def _positions(self) -> Cut:
        return log_positions(self.disks) if self.logged else ()

    # The installer: disko's scripts on the bare disks, in a chroot that has the host's devices.

    def start_installer(self) -> None:
        self.root.make()
        self.devices = LoopDevices(self.disks, logged=False)
        self.devices.attach()
        for kind, target in (("--rbind", "dev"), ("--rbind", "sys"), ("--rbind", "proc")):
            run("mount", kind, f"/{target}", self.root.path / target)
            run("mount", "--make-rslave", self.root.path / target)
        (self.root.path / "dev/disk").mkdir(exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", self.root.path / "dev/disk")
        by_id = self.root.path / "dev/disk/by-id"
        by_id.mkdir()
        for serial, device in self.devices.devices.items():
            (by_id / serial).symlink_to(device)
        shim = self.root.path / "etc/lab/shim"
        shim.mkdir(parents=True)
        for name in ("udevadm", "partprobe"):
            (shim / name).write_text(LINKS % " ".join(self.devices.devices.values()))
            (shim / name).chmod(0o755)
        self.installing = True

    def stop_installer(self) -> None:
        self.installing = False
        self.root.remove()
        assert self.devices
        self.devices.detach()

    # The running system.

    def start(self) -> None:
        self.root.make()
        self.devices = LoopDevices(self.disks, self.logged)
        self.devices.attach()
        run("btrfs", "device", "scan", *[f"/dev/{name}" for name in self._btrfs_parts()])
        channel = self._make_channel()
        command = ["systemd-nspawn", "--quiet", "--boot", "--keep-unit", "--register=no", "--link-journal=no", self.network]
        command += ["--console=pipe", "--capability=all", f"--directory={self.root.path}"]
        command += [f"--bind={channel.parent}:{os.path.dirname(CHANNEL)}"]
        # systemd-nspawn leaves the filesystems out of its sysfs; a machine has them.
        command += ["--bind=/sys/fs/btrfs"]
        command += [f"--bind={source}:{target}" for source, target in self._device_nodes()]
        command += ["--", *self.boot_options()]
        self.container = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=(self.folder / "console.log").open("ab"),
            stderr=subprocess.STDOUT,
            env=os.environ | {"SYSTEMD_NSPAWN_LOCK": "0", "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            preexec_fn=self.group.enter,
        )
        self._find_leader()

    def _btrfs_parts(self) -> list[str]:
        assert self.devices
        parts = [
            f"{os.path.basename(self.devices.devices[disk.serial])}p{n}" for disk in self.disks for n, _ in disk.partitions()
        ]
        return [p for p in parts if subprocess.run(["blkid", "-t", "TYPE=btrfs", f"/dev/{p}"], capture_output=True).returncode == 0]

    def _device_nodes(self) -> list[tuple[str, str]]:
        assert self.devices
        nodes = []
        for disk in self.disks:
            device = self.devices.devices[disk.serial]
            nodes += [(device, f"/dev/disk/by-id/{disk.serial}"), (device, device)]
            for number, label in disk.partitions():
                nodes += [(f"{device}p{number}", f"{device}p{number}")]
                nodes += [(f"{device}p{number}", f"/dev/disk/by-partlabel/{label}")] if label else []
        return nodes

    def _make_channel(self) -> Path:
        """A pipe that the guest finds at CHANNEL; both ends stay open here, so that no writer ever waits for a reader."""
        self._boots += 1
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        folder.chmod(0o755)
        pipe = folder / "reports"
        os.mkfifo(pipe)
        pipe.chmod(0o666)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        self._own_end = os.open(pipe, os.O_WRONLY)
        os.set_blocking(reader, True)
        self.channel.read_from(os.fdopen(reader, "rb"))
        return pipe

    def _find_leader(self) -> None:
        assert self.container
        container: subprocess.Popen[bytes] = self.container

        def attempt() -> bool:
            if container.poll() is not None:
                raise RequestedAssertionFailed("systemd-nspawn ended:\n" + (self.folder / "console.log").read_text()[-2000:])
            children = Path(f"/proc/{container.pid}/task/{container.pid}/children").read_text().split()
            for child in children:
                if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                    self.leader = int(child)
            return self.leader is not None

        retry(attempt, 30, "systemd in the container", pause=0.05)
        retry(lambda: self.execute("systemctl is-system-running --wait || true")[1].strip() not in ("", "offline"), 120, "boot", 0.1)

    def execute(self, command: str, check_return: bool = True, timeout: int | None = 900) -> tuple[int, str]:
        inside = ["chroot", str(self.root.path)] if self.installing else ["nsenter", "--all", f"--target={self.leader}"]
        prefix = "/etc/lab/shim:" if self.installing else ""
        result = subprocess.run(
            [*inside, "/usr/bin/env", "-i", f"PATH={prefix}{self.guest.path}", "HOME=/root", "/bin/bash", "-c"]
            + [f"set -euo pipefail; {command}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=(self.folder / "commands.log").open("ab"),
            timeout=timeout,
            check=False,
        )
        return result.returncode, result.stdout.decode(errors="replace")

    def shutdown(self) -> None:
        assert self.container
        self.container.send_signal(signal.SIGTERM)
        try:
            self.container.wait(timeout=120)
        except subprocess.TimeoutExpired:
            self._kill()
        self._after_stop()

    def crash(self) -> None:
        if self.container is None:
            return
        assert self.devices
        self.devices.pull_the_plug()
        self._kill()
        self._after_stop()

    def _kill(self) -> None:
        assert self.container
        if self.leader is not None:
            # The first process of a namespace takes all others with it.
            os.kill(self.leader, signal.SIGKILL)
        self.container.send_signal(signal.SIGKILL)
        self.container.wait()

    def _after_stop(self) -> None:
        self.leader = None
        self.container = None
        os.close(self._own_end)
        self.channel.drain()
        self.root.remove()
        assert self.devices
        self.devices.detach()

    def close(self) -> None:
        """Whatever state it is in, nothing of it stays on the host."""
        if self.container is not None:
            self._kill()
        self.root.remove()
        self.root.close()
        self.group.remove()
        if self.devices is not None:
            self.devices.pull_the_plug()
            self.devices.detach()

    def keep_journal(self) -> None:
        """For a scenario that failed: what the guest knew."""
        journal = self.execute("journalctl --no-pager --boot | tail -n 2000", timeout=60)[1]
        (self.folder / "journal.log").write_text(journal)
