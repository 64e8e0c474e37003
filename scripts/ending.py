"""How does a command that works on databases end? With its report, or with a sentence that says what to put right."""

import sys
from collections.abc import Callable

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from directory.errors import DirectoryError

FAILED = 1


def finished(work: Callable[[], str], unreachable: str) -> int:
    """Do the work and print its report; returns the exit code. `unreachable` is said of databases that do not answer."""
    try:
        print(work())
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (ArgumentError, DBAPIError, NoSuchModuleError, OSError):
        print(unreachable, file=sys.stderr)
        return FAILED
    return 0
