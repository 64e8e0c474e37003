"""What is a criterion? A hard one says no or unknown about each row, a soft one gives each row a worth in [0, 1].

Each lives in a file of its own in criteria/ and is registered by being there; the docstring of the file is its help.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.ranking.columns import Candidates
from matcher.ranking.familiar import Settles
from matcher.ranking.profile import Profile
from matcher.ranking.view import View

# Sets of rows that fail and that are unknown. None is no row. A measured criterion gives bool [rows] instead of words.
Verdict = tuple[np.ndarray | None, np.ndarray | None]


@dataclass(frozen=True, eq=False)
class Opening:
    """A looser limit: which of the near misses it lets in (bool), and which of those without anything to confirm.

    `amount` is what the limit becomes (minutes, yen, a level), `least` the smallest that lets one in, for
    `least_added` of them; None where there is nothing to count. `into()` is the loosened profile.
    """

    said: str
    amount: int | None
    added: int
    to_confirm: int
    least: int | None
    least_added: int
    into: Callable[[], Profile]


@dataclass(frozen=True)
class Hard:
    """A constraint. `parts`: what of it this person has (each is one bit); `test`: who fails, who is unknown.

    relaxable: a single failure is tier C, and `openings` says what would let it in. named False: counted only in
    「その他」. measured: worked out for the rows still in question instead of for all. first: an early criterion is the one
    a hidden row is counted under. settles: what of it is settled where the person goes already.
    """

    key: str
    label: Callable[[Candidates, str], str]
    parts: Callable[[Profile], Sequence[str]]
    test: Callable[[View, str], Verdict]
    columns: tuple[str, ...]
    fails: Callable[[Candidates, Profile, str], str] = lambda candidates, profile, part: ""
    unknown: Callable[[Candidates, Profile, str], tuple[str, str]] = lambda candidates, profile, part: ("", "")
    relaxable: Callable[[str], bool] = lambda part: False
    confidential: bool = False
    measured: bool = False
    first: int = 5
    openings: "Callable[[View, str, np.ndarray], Iterable[Opening]] | None" = None
    hope: Callable[[View, str], np.ndarray] | None = None
    attribute: Callable[[str], str | None] = lambda part: None
    settles: Callable[[str], Settles] = lambda part: Settles.NOTHING


@dataclass(frozen=True)
class Soft:
    """A criterion of the scorecard. `score` → (u, lowest, highest) float [rows]; equal where nothing is unknown.

    `good` and `weak` say it aloud for one row: they get a view of that row alone.
    """

    key: str
    label: str
    score: Callable[[View], tuple[np.ndarray, np.ndarray, np.ndarray]]
    columns: tuple[str, ...]
    good: Callable[[View], str]
    weak: Callable[[View], str]
