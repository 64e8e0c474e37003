"""Where does the person go already? Nobody is new there: the way, the welcome and the room are known.

A place somebody attends is not proposed anew; its roles are. What coming there has settled (see `Settles`) is asked no
more of them.
"""

from enum import Enum

import numpy as np

from matcher.ranking.view import View


class Settles(Enum):
    """What of a constraint is settled by going there already: nothing, what is unknown, or a failure as well."""

    NOTHING = "nothing"
    DOUBTS = "doubts"
    FAILURES_TOO = "failures too"


def attended(view: View) -> np.ndarray:
    """uint64 [words]: the set of rows of the places the person goes to."""
    if not view.profile.attends:
        return view.candidates.nothing
    return view.candidates.set_of(view.candidates.rows_of(sorted(view.profile.attends)))


def is_attended(view: View) -> np.ndarray:
    """Bool [rows]: does the person go there?"""
    if not view.profile.attends:
        return np.zeros(len(view.rows), dtype=bool)
    return np.isin(view.rows, view.candidates.rows_of(sorted(view.profile.attends)))


def without_settled(
    fail: np.ndarray | None, unknown: np.ndarray | None, settles: Settles, known: np.ndarray
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """The verdict (sets of rows, or bool [rows]) without what is settled at the rows `known`."""
    if settles is Settles.NOTHING:
        return fail, unknown
    kept = fail if fail is None or settles is Settles.DOUBTS else fail & ~known
    return kept, None if unknown is None else unknown & ~known
