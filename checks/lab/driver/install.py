"""What an installer does with disko's scripts; and does again, where that is looked at: a second run keeps what is there.

On NixOS disko's own test does this part (lib/tests.nix, makeDiskoTest).
"""

from __future__ import annotations

from nspawn import NspawnMachine
from qemu import QemuMachine

MOUNTED = "findmnt --noheadings --output=TARGET --raw | grep -E '^/mnt(/|$)' | sort"
UNMOUNT = "findmnt --noheadings --output=TARGET --raw | grep -E '^/mnt(/|$)' | sort -r | xargs -n 1 umount"


def install(machine: NspawnMachine | QemuMachine) -> None:
    machine.start_installer()
    format_and_mount(machine)
    machine.succeed(UNMOUNT + "; sync")
    machine.stop_installer()


def install_twice(machine: NspawnMachine | QemuMachine) -> None:
    machine.start_installer()
    format_and_mount(machine)
    mounted = machine.succeed(MOUNTED).split()
    for path in mounted:
        machine.succeed(f"echo kept > {path}/marker")
    if isinstance(machine, NspawnMachine):
        # As a person would who is not sure whether it ran; under emulation this takes a minute.
        format_and_mount(machine)
    machine.succeed(UNMOUNT)
    format_and_mount(machine)
    if machine.succeed(MOUNTED).split() != mounted:
        raise AssertionError("the second run did not mount the same")
    for path in mounted:
        machine.succeed(f"grep -qx kept {path}/marker; rm {path}/marker")
    machine.succeed(UNMOUNT + "; sync")
    machine.stop_installer()


def format_and_mount(machine: NspawnMachine | QemuMachine) -> None:
    machine.succeed("/etc/lab/disko-create >&2", "/etc/lab/disko-mount >&2")
