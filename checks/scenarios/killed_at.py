"""Runs dbtrfs-restore and kills it as it takes its step number N; put into the guest.

    killed_at.py N ARGUMENT…

A step is whatever the interpreter reports of files and programs (docs.python.org, sys.addaudithook): every rename, every
program that is started, every file that is written or removed. With 0 it prints how many there are.
"""

import importlib
import os
import signal
import sys
from typing import Any

STEPS = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.symlink",
    "os.chown",
    "os.chmod",
    "os.truncate",
    "subprocess.Popen",
    "shutil.rmtree",
}

wanted = int(sys.argv[1])
steps = 0
removals = 0


def is_question(event: str, arguments: tuple[Any, ...]) -> bool:
    """How often a server is asked whether it is there yet is chance."""
    return event == "subprocess.Popen" and any(word.endswith(("/psql", "/mysql")) for word in arguments[1])


def step(event: str, arguments: tuple[Any, ...]) -> None:
    global steps, removals
    if event not in STEPS or is_question(event, arguments):
        return
    # Whole trees are deleted; one step in a hundred stands for them.
    if event in ("os.remove", "os.rmdir"):
        removals += 1
        if removals % 100 != 1:
            return
    steps += 1
    if steps == wanted:
        os.kill(os.getpid(), signal.SIGKILL)


sys.path.insert(0, "/opt/packages/dbtrfs/lib")
sys.dont_write_bytecode = True
restore = importlib.import_module("dbtrfs.restore.main")
sys.addaudithook(step)
status = restore.main(sys.argv[2:])
if wanted == 0:
    print(steps)
sys.exit(status)
