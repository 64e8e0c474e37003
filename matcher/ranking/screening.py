"""Who may be proposed (A, B), who is one step away (C), and why is the rest hidden?

Every (row, constraint) is ok, no or unknown; a row's answers are two integers, `fail` and `unknown`, one bit a
constraint. They are kept crosswise, one set of rows a constraint, so that most rows are settled 64 at a time; only what is
still in question is measured (hours, ways).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.ranking.bits import members, unpack
from matcher.ranking.columns import Candidates
from matcher.ranking.criteria import hard_criteria
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.familiar import attended, is_attended, without_settled
from matcher.ranking.profile import Profile
from matcher.ranking.view import View
from matcher.ranking.weights import ASKED_FOR

OTHER = "その他"
# Words looked at together: what is in between stays in the processor's cache
BLOCK = 512
NO_FAILURE = -1


@dataclass(frozen=True, eq=False)
class Constraint:
    """One part of one criterion that this person has. `bit` numbers it in `fail` and `unknown`."""

    bit: int
    criterion: Hard
    part: str

    @property
    def relaxable(self) -> bool:
        return self.criterion.relaxable(self.part)

    @property
    def key(self) -> str:
        return f"{self.criterion.key}:{self.part}"

    def label(self, candidates: Candidates) -> str:
        return OTHER if self.criterion.confidential else self.criterion.label(candidates, self.part)


def constraints_of(profile: Profile) -> tuple[Constraint, ...]:
    """Everything that counts for this person: what cannot be loosened first, what is measured last."""
    found = [(criterion, part) for criterion in hard_criteria() for part in criterion.parts(profile)]
    found.sort(key=lambda one: (one[0].measured, one[0].relaxable(one[1]), one[0].first, one[0].key))
    return tuple(Constraint(bit, criterion, part) for bit, (criterion, part) in enumerate(found))


@dataclass(frozen=True, eq=False)
class Screened:
    """`rows`: those with no failure or one relaxable failure, ascending; the rest is hidden.

    failing [rows]: the bit of that failure, or NO_FAILURE. doubtful [rows]: is anything unknown?
    fails, doubts: the sets of rows of each constraint that is not measured; measured_*: bool [rows] of those that are.
    """

    view: View
    constraints: tuple[Constraint, ...]
    failing: np.ndarray
    doubtful: np.ndarray
    hidden: Mapping[str, int]
    fails: np.ndarray
    doubts: Sequence[np.ndarray | None]
    measured_fails: Mapping[int, np.ndarray]
    measured_doubts: Mapping[int, np.ndarray]

    @property
    def rows(self) -> np.ndarray:
        return self.view.rows

    @cached_property
    def open(self) -> np.ndarray:
        """Positions in `rows` of A and B."""
        return np.flatnonzero(self.failing == NO_FAILURE)

    def near(self, bit: int) -> np.ndarray:
        """Positions in `rows` of those that fail only this constraint."""
        return np.flatnonzero(self.failing == bit)

    def unknown_bits(self, position: int) -> list[Constraint]:
        """What is not known of one of the `rows`."""
        row = int(self.rows[position])
        return [one for one in self.constraints if self._is_unknown(one, row, position)]

    def open_wishes(self, positions: np.ndarray) -> np.ndarray:
        """How many of the things the person asked for are not known of each of these rows."""
        rows = self.rows[positions]
        words, bits = rows >> 6, (rows & 63).astype(np.uint64)
        count = np.zeros(len(rows))
        for one in self.constraints:
            unknown = self.doubts[one.bit] if one.criterion.key in ASKED_FOR else None
            if unknown is not None:
                count += (unknown[words] >> bits & np.uint64(1)).astype(np.float64)
        return count

    def _is_unknown(self, constraint: Constraint, row: int, position: int) -> bool:
        if constraint.criterion.measured:
            return bool(self.measured_doubts[constraint.bit][position])
        words = self.doubts[constraint.bit]
        return words is not None and bool(int(words[row >> 6]) >> (row & 63) & 1)


def screen(view: View) -> Screened:
    """Screen all rows of the candidates for the person of the view."""
    constraints = constraints_of(view.profile)
    plain = [one for one in constraints if not one.criterion.measured]
    measured = [one for one in constraints if one.criterion.measured]
    fails = np.zeros((len(plain), len(view.candidates.all)), dtype=np.uint64)
    doubts: list[np.ndarray | None] = []
    doubt = np.zeros_like(view.candidates.all)
    known = attended(view)
    for one in plain:
        fail, unknown = verdict(one, view, known)
        if fail is not None:
            fails[one.bit] = fail
        if unknown is not None:
            np.bitwise_or(doubt, unknown, out=doubt)
        doubts.append(unknown)
    closed, single, causes = _combine(fails, sum(not one.relaxable for one in plain))
    left = view.at(members(view.candidates.all & ~closed, view.candidates.size))
    failing = _failing(single, fails, left)
    hidden: dict[str, int] = {}
    for one, number in zip(plain, causes.tolist(), strict=True):
        if number:
            hidden[one.label(view.candidates)] = hidden.get(one.label(view.candidates), 0) + number
    return _measure(left, constraints, measured, failing, unpack(doubt, view.candidates.size)[left.rows], hidden, fails,
                    doubts)


def verdict(constraint: Constraint, view: View, known: np.ndarray) -> Verdict:
    """Who fails and who is unknown. `known`: the rows of places the person goes to, as the criterion gives rows."""
    fail, unknown = constraint.criterion.test(view, constraint.part)
    if not view.profile.attends:
        return fail, unknown
    return without_settled(fail, unknown, constraint.criterion.settles(constraint.part), known)


def _combine(fails: np.ndarray, fixed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sets of rows that are closed and that have a single failure, and how many are closed first by each constraint.

    The first `fixed` constraints close a row alone, of the others it takes two.
    """
    words = fails.shape[1]
    closed, single = np.zeros(words, dtype=np.uint64), np.zeros(words, dtype=np.uint64)
    causes = np.zeros(len(fails), dtype=np.int64)
    for start in range(0, words if len(fails) else 0, BLOCK):
        block = slice(start, start + BLOCK)
        part = fails[:, block]
        so_far = np.bitwise_or.accumulate(part, axis=0)
        twice = np.bitwise_or.reduce(part[1:] & so_far[:-1], axis=0) if len(part) > 1 else np.zeros_like(part[0])
        shut = twice | so_far[fixed - 1] if fixed else twice
        closed[block], single[block] = shut, so_far[-1] & ~shut
        newly = part & shut
        newly[1:] &= ~so_far[:-1]
        causes += np.bitwise_count(newly).sum(axis=1, dtype=np.int64)
    return closed, single, causes


def _failing(single: np.ndarray, fails: np.ndarray, left: View) -> np.ndarray:
    """Which constraint each of the rows left fails: its number, read off set by set of binary digits."""
    failing = np.full(len(left.rows), NO_FAILURE, dtype=np.int8)
    if not single.any():
        return failing
    size = left.candidates.size
    number = np.zeros(len(left.rows), dtype=np.int8)
    for digit in range(max(len(fails) - 1, 1).bit_length()):
        having = [row for row in range(len(fails)) if row >> digit & 1]
        if having:
            number |= unpack(np.bitwise_or.reduce(fails[having], axis=0), size)[left.rows].view(np.int8) << digit
    return np.where(unpack(single, size)[left.rows], number, failing)


def _measure(
    left: View, constraints: tuple[Constraint, ...], measured: Sequence[Constraint], failing: np.ndarray,
    doubtful: np.ndarray, hidden: dict[str, int], fails: np.ndarray, doubts: Sequence[np.ndarray | None],
) -> Screened:
    """The constraints that take arithmetic, for the rows that one failure has not closed yet."""
    failed, unknown, closed = {}, {}, np.zeros(len(left.rows), dtype=bool)
    known = is_attended(left)
    for one in measured:
        fail, doubt = verdict(one, left, known)
        assert fail is not None and doubt is not None
        failed[one.bit], unknown[one.bit] = fail, doubt
        twice = failed[one.bit] & (failing != NO_FAILURE) & ~closed
        _count_by(hidden, failing[twice], constraints, left.candidates)
        closed |= twice
        failing = np.where(failed[one.bit] & (failing == NO_FAILURE), np.int8(one.bit), failing)
        doubtful = doubtful | unknown[one.bit]
    if not closed.any():
        return Screened(left, constraints, failing, doubtful, hidden, fails, doubts, failed, unknown)
    kept = np.flatnonzero(~closed)
    return Screened(
        left.narrowed(kept), constraints, failing[kept], doubtful[kept], hidden, fails, doubts,
        {bit: mask[kept] for bit, mask in failed.items()}, {bit: mask[kept] for bit, mask in unknown.items()})


def _count_by(
    hidden: dict[str, int], bits: np.ndarray, constraints: Sequence[Constraint], candidates: Candidates
) -> None:
    """Two failures: the row is counted under the first."""
    for bit, number in enumerate(np.bincount(bits.astype(np.int64)).tolist() if len(bits) else ()):
        if number:
            label = constraints[bit].label(candidates)
            hidden[label] = hidden.get(label, 0) + number


def all_bits(view: View) -> tuple[tuple[Constraint, ...], np.ndarray, np.ndarray]:
    """`fail` and `unknown` of every row as integers (object arrays): what the sets say, row by row. For checking."""
    constraints = constraints_of(view.profile)
    everyone = view.at(np.arange(view.candidates.size))
    fail, unknown = (np.zeros(view.candidates.size, dtype=object) for _ in range(2))
    known = {True: is_attended(everyone), False: attended(view)}
    for one in constraints:
        for bits, answer in zip((fail, unknown), verdict(one, everyone, known[one.criterion.measured]), strict=True):
            if answer is not None:
                rows = np.flatnonzero(answer) if one.criterion.measured else members(answer, view.candidates.size)
                bits[rows] += 1 << one.bit
    return constraints, fail, unknown
