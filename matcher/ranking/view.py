"""What does a criterion look at? One person, all candidates, and the rows still in question."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from matcher.ranking.bits import unpack
from matcher.ranking.columns import Candidates
from matcher.ranking.hosts import Hosts
from matcher.ranking.means import Means, means_of
from matcher.ranking.profile import Profile

# Fewer rows than one in so many are looked up one by one
FEW = 64

Worked = TypeVar("Worked")


class View:
    """`rows` are the rows `has` and `column` answer for; `plane` is about all rows."""

    def __init__(
        self, profile: Profile, candidates: Candidates, hosts: Hosts, rows: np.ndarray | None = None,
        interest: np.ndarray | None = None, wider: "tuple[View, np.ndarray] | None" = None,
    ) -> None:
        self.profile, self.candidates, self.hosts = profile, candidates, hosts
        self._rows = rows
        # uint8 [all rows]: how much each is about what the person likes (see criteria/interest.py)
        self.interest = interest
        # the view this one was narrowed from, and which positions of it were kept
        self._wider = wider
        self._worked: dict[object, Any] = {}
        self._has: dict[str, np.ndarray] = {}

    @property
    def rows(self) -> np.ndarray:
        if self._rows is None:
            self._rows = np.arange(self.candidates.size)
        return self._rows

    def at(self, rows: np.ndarray) -> "View":
        """The same person and candidates, other rows."""
        return View(self.profile, self.candidates, self.hosts, rows, self.interest)

    def narrowed(self, kept: np.ndarray) -> "View":
        """Only the rows at these positions; what was worked out for all of them is not worked out again."""
        return View(self.profile, self.candidates, self.hosts, self.rows[kept], self.interest, (self, kept))

    def plane(self, name: str) -> np.ndarray:
        """uint64 [words]: the set of rows of which `name` is true."""
        return self.candidates.plane(name)

    def has(self, name: str) -> np.ndarray:
        """bool [rows]: is `name` true of each?"""
        known = self._has.get(name)
        if known is None:
            if self._wider is not None and name in self._wider[0]._has:
                known = self._wider[0]._has[name][self._wider[1]]
            elif name not in self.candidates.position:
                known = np.zeros(len(self.rows), dtype=bool)
            elif len(self.rows) * FEW < self.candidates.size:
                known = self._has_few(name)
            else:
                known = unpack(self.plane(name), self.candidates.size)[self.rows]
            self._has[name] = known
        return known

    def _has_few(self, name: str) -> np.ndarray:
        """The same for a handful of rows, without unfolding the whole set."""
        words = self.plane(name)
        return (words[self.rows >> 6] >> (self.rows & 63).astype(np.uint64) & np.uint64(1)).astype(bool)

    def column(self, name: str) -> np.ndarray:
        """The values of a column at the rows."""
        return self.candidates.columns[name][self.rows]

    @property
    def means(self) -> Means:
        return means_of(self.candidates)

    @property
    def kinds(self) -> np.ndarray:
        return self.once(_kinds)

    def once(self, work: "Callable[[View], Worked]") -> Worked:
        """What `work` finds out about these rows, worked out once and shared by criteria and narrower views.

        It is an array with the rows last, or has `kept(positions)`.
        """
        if work not in self._worked:
            if self._wider is not None and work in self._wider[0]._worked:
                self._worked[work] = _kept(self._wider[0]._worked[work], self._wider[1])
            else:
                self._worked[work] = work(self)
        return self._worked[work]


def _kept(wide: Any, positions: np.ndarray) -> Any:
    """What was worked out, for some of the rows."""
    return wide[..., positions] if isinstance(wide, np.ndarray) else wide.kept(positions)


def _kinds(view: View) -> np.ndarray:
    return view.column("kind")
