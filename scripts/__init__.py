"""What can be done from the command line? Each script parses its arguments, calls one function and prints.

Whoever reads may have enough early (`python -m scripts.search … | head`): then a script ends without a word.
"""

import atexit
import os
import select
import sys
from types import TracebackType

STDOUT = 1


@atexit.register
def _is_read() -> bool:
    """Does anybody still read what is printed? If not, the rest of it goes nowhere."""
    reader = select.poll()
    reader.register(STDOUT, 0)
    if any(event & select.POLLERR for _file, event in reader.poll(0)):
        os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
        return False
    return True


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, BrokenPipeError) or _is_read():
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _report
