"""A guest with a kernel of its own, in QEMU: real block devices, udev and a real boot."""

from __future__ import annotations

import base64
import shlex
import signal
import socket
import subprocess
from pathlib import Path

from accelerator import ACCELERATED
from channel import Channel
from disks import Cut, Disk, log_positions
from guest import Guest
from machine import Machine, RequestedAssertionFailed

# With -no-reboot, panic=-1 ends QEMU at once.
KERNEL = "root=LABEL=dbtrfs-lab ro console=ttyS0 quiet mitigations=off systemd.getty_auto=no panic=-1"
# The disks are bare: nothing of the host is mounted or started.
INSTALLER = " fstab=no luks=no systemd.unit=basic.target"
# A kernel patches its own jumps while it boots, and an emulated processor may run one that is half patched: seen
# twice, in the scheduler. Before it has said that it is ready, such a guest has done nothing yet.
BOOTS_TRIED = 3
MEMORY_MIB = 1024
CPUS = 2


class QemuMachine(Machine):
    pause = 2

    def __init__(self, guest: Guest, disks: list[Disk], folder: Path, logged: bool, acceleration: list[str]) -> None:
        self.guest = guest
        self.disks = disks
        self.folder = folder
        self.logged = logged
        self.acceleration = acceleration
        self.channel = Channel(self._positions)
        self.channel_path = "/run/lab/channel"
        self.process: subprocess.Popen[bytes] | None = None
        self.shell: socket.socket | None = None
        self.initrd = guest.archive(folder)
        self._listeners: dict[str, socket.socket] = {}
        self._installing = False
        self._started_without: tuple[str, ...] = ()

    @property
    def kernel(self) -> str:
        versions = (self.guest.image / "versions").read_text().splitlines()
        return next(v.split()[1] for v in versions if v.startswith("linux-image-cloud-amd64"))

    def _positions(self) -> Cut:
        return log_positions(self.disks) if self.logged else ()

    def start(self) -> None:
        self._started_without = self.masked
        self._listeners = {name: self._listen(name) for name in ("shell", "channel")}
        self.process = subprocess.Popen(
            self._command(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=(self.folder / "qemu.log").open("ab")
        )

    def start_installer(self) -> None:
        self._installing = True
        self.start()

    def stop_installer(self) -> None:
        """Nothing is mounted any more, so there is nothing to shut down."""
        self._after_stop()
        self._installing = False

    def _listen(self, name: str) -> socket.socket:
        path = self.folder / f"{name}.sock"
        path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen(1)
        listener.settimeout(1)
        return listener

    def _command(self) -> list[str]:
        image = self.guest.image
        command = ["qemu-system-x86_64", *self.acceleration, "-smp", str(CPUS), "-m", str(MEMORY_MIB)]
        command += ["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"]
        command += ["-serial", f"file:{self.folder}/console.log", "-device", "virtio-rng-pci"]
        command += ["-kernel", f"{image}/vmlinuz", "-initrd", str(self.initrd), "-append"]
        command += [" ".join([KERNEL, *self.boot_options()]) + (INSTALLER if self._installing else "")]
        command += ["-drive", f"file={image}/root.img,format=raw,if=virtio,readonly=on"]
        command += ["-device", "virtio-serial-pci"]
        for name in ("shell", "channel"):
            command += ["-chardev", f"socket,id={name},path={self.folder}/{name}.sock"]
            command += ["-device", f"virtserialport,chardev={name},name=lab.{name}"]
        for i, disk in enumerate(self.disks):
            command += self._disk(i, disk)
        return command

    def _disk(self, i: int, disk: Disk) -> list[str]:
        command = ["-blockdev", f"driver=file,node-name=image{i},filename={disk.image}"]
        node = f"image{i}"
        if self.logged:
            disk.begin_log()
            command += ["-blockdev", f"driver=file,node-name=log{i},filename={disk.log}"]
            command += ["-blockdev", f"driver=blklogwrites,node-name=disk{i},file=image{i},log=log{i}"]
            node = f"disk{i}"
        return [*command, "-device", f"virtio-blk-pci,drive={node},serial={disk.serial}"]

    def _connect(self) -> socket.socket:
        if self.shell is None:
            self._boot()
        assert self.shell
        return self.shell

    def _boot(self) -> None:
        for _ in range(BOOTS_TRIED):
            if self._greet():
                return
            self.log("the emulated kernel panicked while it booted; once more")
            self._after_stop()
            self.start_without(list(self._started_without))
        raise RequestedAssertionFailed(f"the emulated kernel panicked {BOOTS_TRIED} times; see {self.folder}/console.log")

    def _greet(self) -> bool:
        """Whether the guest's shell says that it is there; False where the emulated kernel has panicked instead."""
        self.shell = self._accept("shell")
        channel = self._accept("channel")
        try:
            if self._line() != b"ready":
                raise RequestedAssertionFailed("the guest's shell did not start")
        except (RequestedAssertionFailed, ConnectionError):
            if self.acceleration == ACCELERATED or not self._panicked():
                raise
            return False
        self.channel.read_from(channel.makefile("rb"))
        self.execute("systemctl is-system-running --wait", timeout=300)
        return True

    def _panicked(self) -> bool:
        return "Kernel panic" in (self.folder / "console.log").read_text(errors="replace")

    def _accept(self, name: str) -> socket.socket:
        """QEMU connects at once; it may also have ended with a complaint."""
        assert self.process
        while True:
            try:
                connection = self._listeners[name].accept()[0]
                connection.settimeout(None)
                return connection
            except TimeoutError:
                if self.process.poll() is not None:
                    raise RequestedAssertionFailed("QEMU ended: " + (self.folder / "qemu.log").read_text()[-2000:]) from None

    def _line(self, timeout: float | None = 180) -> bytes:
        assert self.shell
        self.shell.settimeout(timeout)
        buffer = b""
        while not buffer.endswith(b"\n"):
            chunk = self.shell.recv(65536)
            if not chunk:
                raise RequestedAssertionFailed("the guest went away; see " + str(self.folder / "console.log"))
            buffer += chunk
        return buffer.strip()

    def execute(self, command: str, check_return: bool = True, timeout: int | None = 900) -> tuple[int, str]:
        shell = self._connect()
        limited = "" if timeout is None else f"timeout {timeout} "
        line = f"{limited}bash -c {shlex.quote('set -euo pipefail; ' + command)} 2>>/run/lab/commands.log | (base64 -w 0; echo)\n"
        shell.sendall(line.encode())
        if not check_return:
            return -1, ""
        output = base64.b64decode(self._line(None if timeout is None else timeout + 60))
        shell.sendall(b"echo ${PIPESTATUS[0]}\n")
        return int(self._line()), output.decode(errors="replace")

    def shutdown(self) -> None:
        assert self.process
        self._connect().sendall(b"systemctl poweroff\n")
        try:
            self.process.wait(timeout=120)
        except subprocess.TimeoutExpired:
            raise RequestedAssertionFailed("the guest does not shut down") from None
        finally:
            self._after_stop()

    def crash(self) -> None:
        self._after_stop()

    def _after_stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        if self.shell is not None:
            self.channel.drain()
            self.shell.close()
        for listener in self._listeners.values():
            listener.close()
        self.process = None
        self.shell = None

    def keep_journal(self) -> None:
        """For a scenario that failed: what the guest knew."""
        journal = self.execute("journalctl --no-pager --boot | tail -n 2000; cat /run/lab/commands.log", timeout=60)[1]
        (self.folder / "journal.log").write_text(journal)

    def close(self) -> None:
        self._after_stop()
