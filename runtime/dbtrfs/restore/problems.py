"""What ends a restore early, each with the exit status that says so."""

from __future__ import annotations


class RestoreProblem(Exception):
    status = 1


class CheckFailed(RestoreProblem):
    """The restored copy is not sound."""

    status = 1


class NotFound(RestoreProblem):
    """There is no such database, snapshot or time."""

    status = 2


class Refused(RestoreProblem):
    """It would do harm, or cannot be done here."""

    status = 3
