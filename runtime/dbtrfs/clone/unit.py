"""The service of a clone's server (modules/clones.nix), one template for each database."""

from __future__ import annotations

from ..commands import CommandFailed, run
from ..instances import Instance
from ..restore.problems import CheckFailed
from .record import Clone
from .servers import run_folder

LINES_OF_LOG = 15


def has_server(instance: Instance) -> bool:
    return instance.server is not None


def unit(clone: Clone) -> str:
    return f"dbtrfs-clone-{clone.database}@{clone.name}.service"


def start(clone: Clone) -> None:
    """Until its server answers: the unit is of the kind that says so itself. Raises CheckFailed with the server's last
    words."""
    try:
        run("systemctl", "reset-failed", unit(clone))
    except CommandFailed:
        pass  # it was never started
    try:
        run("systemctl", "start", unit(clone))
    except CommandFailed:
        raise CheckFailed(f"The server of {clone.name} does not start:\n{last_words(clone)}") from None


def start_again(clone: Clone) -> None:
    """Without waiting for its recovery: others wait as well."""
    run("systemctl", "start", "--no-block", unit(clone))


def stop(clone: Clone) -> None:
    run("systemctl", "stop", unit(clone))
    try:
        run("systemctl", "reset-failed", unit(clone))
    except CommandFailed:
        pass  # it had not failed


def state(clone: Clone) -> str:
    """active, inactive, failed …"""
    return run("systemctl", "show", "--property=ActiveState", "--value", unit(clone)).strip()


def last_words(clone: Clone) -> str:
    log = run_folder(clone.name) / "log"
    if log.is_file():
        lines = log.read_text(errors="replace").splitlines()
    else:
        options = ["--no-pager", "--output=cat", f"--lines={LINES_OF_LOG}", f"--unit={unit(clone)}"]
        lines = run("journalctl", *options).splitlines()
    return "\n".join(f"  {line}" for line in lines[-LINES_OF_LOG:]) or "  (it said nothing)"
