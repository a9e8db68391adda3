"""Types a command line into an interactive shell, presses Tab, and prints the words that the line then has.

press-tab.py SCRIPT SHELL [ARGUMENTS...]: sources SCRIPT there; lines come from standard input, one a try; for each the
words after Tab are printed as a JSON list on a line.
"""

import json
import os
import pty
import re
import select
import sys
import time

# In zsh and bash what EDITOR says decides whether keys are vi's.
SOURCE = {
    "bash": "set -o emacs; source {}",
    "zsh": "bindkey -e; autoload -U compinit; compinit -D; source {}",
    "fish": "source {}",
}
# Home and end of the line: the same keys in the emacs bindings of all three.
HOME, END = "\x01", "\x05"
PATIENCE = 60


class Shell:
    def __init__(self, command: list[str]) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvp(command[0], command)

    def send(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def until(self, pattern: str) -> re.Match[str]:
        """What the terminal showed up to the pattern."""
        seen = ""
        end = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, seen, re.DOTALL)):
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise SystemExit(f"no {pattern!r} in {seen!r}")
            seen += os.read(self.terminal, 65536).decode(errors="replace")
        return found

    def settle(self) -> None:
        """Waits until the shell has nothing more to show."""
        while select.select([self.terminal], [], [], 0.1)[0]:
            os.read(self.terminal, 65536)


def words_after_tab(shell: Shell, line: str, number: int) -> list[str]:
    shell.send(line + "\t")
    shell.settle()
    # The shell itself splits the line: its words come back between marks that the typed line does not show.
    shell.send(f"{HOME}printf '<%s>' 'be''gin{number}' {END} 'e''nd{number}'\n")
    found = shell.until(rf"<begin{number}>(.*?)<end{number}>")
    shell.settle()
    return re.findall(r"<([^<>]*)>", found.group(1))


def main() -> None:
    script, *command = sys.argv[1:]
    shell = Shell(command)
    shell.settle()
    shell.send(SOURCE[os.path.basename(command[0])].format(script) + "; echo re''ady\n")
    shell.until("ready")
    shell.settle()
    for number, line in enumerate(sys.stdin.read().splitlines()):
        print(json.dumps(words_after_tab(shell, line, number)))


main()
