"""Runs a program on a terminal of 80 columns and answers its prompts.

on-terminal.py PROGRAM [ARGUMENTS...]: standard input is a JSON list of [what to wait for, what to type then]; prints a
JSON object with all that the terminal showed and the exit status.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

PATIENCE = 60


def read(terminal: int, end: float) -> str | None:
    """What the terminal shows next; None where the program has ended."""
    ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
    if not ready:
        raise SystemExit("the program shows nothing more")
    try:
        return os.read(terminal, 65536).decode(errors="replace") or None
    except OSError:  # EIO: nobody has the other end open any more
        return None


def main() -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown, seen, end = "", 0, time.monotonic() + PATIENCE
    steps = json.load(sys.stdin)
    while (text := read(terminal, end)) is not None:
        shown += text
        while steps and (found := re.compile(steps[0][0]).search(shown, seen)):
            seen = found.end()
            os.write(terminal, steps.pop(0)[1].encode())
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps({"shown": shown, "status": code, "left": steps}))


main()
