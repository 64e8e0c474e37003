"""What does a criterion look at? One person, all candidates, and the rows still in question."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from matcher.ranking.bits import unpack
from matcher.ranking.columns import Candidates
from matcher.ranking.hosts import Hosts
from matcher.ranking.means import Means, means_of
from matcher.ranking.profile import Profile

Worked = TypeVar("Worked")


class View:
    """`rows` are the rows `has` and `column` answer for; `plane` is about all rows."""

    def __init__(
        self, profile: Profile, candidates: Candidates, hosts: Hosts, rows: np.ndarray | None = None,
        interest: np.ndarray | None = None,
    ) -> None:
        self.profile, self.candidates, self.hosts = profile, candidates, hosts
        self.rows = np.arange(candidates.size) if rows is None else rows
        # uint8 [all rows]: how much each is about what the person likes (see criteria/interest.py)
        self.interest = interest
        self._worked: dict[object, object] = {}
        self._has: dict[str, np.ndarray] = {}

    def at(self, rows: np.ndarray) -> "View":
        """The same person and candidates, other rows."""
        return View(self.profile, self.candidates, self.hosts, rows, self.interest)

    def narrowed(self, kept: np.ndarray) -> "View":
        """Only the rows at these positions."""
        return self.at(self.rows[kept])

    def plane(self, name: str) -> np.ndarray:
        """uint64 [words]: the set of rows of which `name` is true."""
        return self.candidates.plane(name)

    def has(self, name: str) -> np.ndarray:
        """bool [rows]: is `name` true of each?"""
        if name not in self._has:
            if name in self.candidates.position:
                self._has[name] = unpack(self.plane(name), self.candidates.size)[self.rows]
            else:
                self._has[name] = np.zeros(len(self.rows), dtype=bool)
        return self._has[name]

    def has_few(self, name: str) -> np.ndarray:
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
        """What `work` finds out about these rows, worked out once and shared by criteria."""
        if work not in self._worked:
            self._worked[work] = work(self)
        return self._worked[work]


def _kinds(view: View) -> np.ndarray:
    return view.column("kind")
