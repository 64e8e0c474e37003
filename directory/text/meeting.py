"""Which rows does one question meet, and how well? Its words looked up in the index, each group of them once.

A search asks several times: all words, all words but one, the score of those that pass the filters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from directory.text.words import Group, Member, ParsedQuery

if TYPE_CHECKING:
    from directory.text.index import TextIndex

FEW = 32  # one row in so many: then sorting or binary search is cheaper than an array of all rows
Column = tuple[np.ndarray, np.ndarray]  # rows, ascending, and a score for each


@dataclass(frozen=True, slots=True)
class Matches:
    """Rows in ascending order and their scores. `partial`: not every word was found in them."""

    rows: np.ndarray  # intp: what numpy looks up by without converting it first
    scores: np.ndarray  # float32, same length
    partial: bool = False


class Met:
    """The groups of one question over one index, as far as they were asked for."""

    def __init__(self, index: TextIndex) -> None:
        self._index, self._size = index, index.size
        self._known: dict[Group, Column] = {}

    def matches(self, query: ParsedQuery, partial: bool = False) -> Matches:
        """Rows that meet every required group and phrase and no exclusion, with their whole score.

        partial=True is for when that leaves nothing: rows that meet as many required groups as any row does.
        """
        found = self.found(query, partial)
        return Matches(found.rows, self.scores(found, found.rows, query.optional), found.partial)

    def found(self, query: ParsedQuery, partial: bool = False) -> Matches:
        """The same rows, scored by the required groups alone."""
        rows, scores, found_all = self._required(query.required, partial)
        for phrase in query.phrases:
            holds = np.fromiter((self._index.texts[row].holds(phrase) for row in rows), bool, len(rows))
            rows, scores = rows[holds], scores[holds]
        for group in query.exclusions:
            keep = ~np.isin(rows, self.group(group)[0], assume_unique=True)
            rows, scores = rows[keep], scores[keep]
        return Matches(rows, scores, not found_all)

    def scores(self, found: Matches, rows: np.ndarray, helping: Iterable[Group]) -> np.ndarray:
        """The whole score, float32, of `rows` (ascending, all of them in `found`): those groups only add to it."""
        if len(rows) * FEW < self._size:
            scores = self._at(rows, found.rows, found.scores)
            for group in helping:
                scores = scores + group.helps(self._at(rows, *self._column(group)))
            return scores
        spread = self._spread(found.rows, found.scores)
        for group in helping:
            helped, by = self._column(group)
            spread[helped] += group.helps(by)
        return spread[rows]

    def group(self, group: Group) -> Column:
        """Rows that meet a group, and the score of its best member in each."""
        known = self._known.get(group)
        if known is None:
            known = self._known[group] = self._column(group)
        return known

    def _column(self, group: Group) -> Column:
        """The same, worked out: each helping group is asked for once, and so not kept."""
        return self._best([met for it in group.members if len((met := self._member(it))[0])])

    def _best(self, found: list[Column]) -> Column:
        """The highest score of each row."""
        if len(found) <= 1:
            return found[0] if found else self._index.postings("")
        if sum(len(rows) for rows, _scores in found) * FEW < self._size:
            return _best_of_few(found)
        best = self._spread(*found[0])
        for rows, scores in found[1:]:
            np.maximum.at(best, rows, scores)
        rows = _where(best > 0)
        return rows, best[rows]

    def _member(self, member: Member) -> Column:
        """Rows that have all terms of the member; its score is their sum times its weight."""
        postings = self._index.postings
        if len(member.terms) == 1:
            rows, scores = postings(member.terms[0])
        else:
            columns = sorted(map(postings, member.terms), key=lambda column: len(column[0]))
            rows, scores = columns[0] if columns else postings("")
            for column in columns[1:]:
                rows, scores = self._both(rows, scores, *column)
        return rows, scores * np.float32(member.weight)

    def _required(self, groups: tuple[Group, ...], partial: bool) -> tuple[np.ndarray, np.ndarray, bool]:
        if not groups:
            return np.arange(self._size), np.zeros(self._size, np.float32), True
        met = sorted(map(self.group, groups), key=lambda found: len(found[0]))
        if partial and len(groups) > 1:
            return self._most(met)
        rows, scores = met[0]
        for column in met[1:]:
            rows, scores = self._both(rows, scores, *column)
        return rows, scores, True

    def _at(self, rows: np.ndarray, other_rows: np.ndarray, values: np.ndarray) -> np.ndarray:
        """The values that `other_rows` (ascending) have at `rows`; 0 where a row is not among them."""
        if not len(other_rows):
            return np.zeros(len(rows), np.float32)
        if len(rows) * FEW < self._size:
            at = other_rows.searchsorted(rows)
            at[at == len(other_rows)] = 0
            return values[at] * (other_rows[at] == rows)
        return self._spread(other_rows, values)[rows]

    def _spread(self, rows: np.ndarray, values: np.ndarray) -> np.ndarray:
        """The values over all rows; 0 where a row has none."""
        spread = np.zeros(self._size, np.float32)
        spread[rows] = values
        return spread

    def _both(self, rows: np.ndarray, scores: np.ndarray, other_rows: np.ndarray, other_scores: np.ndarray) -> Column:
        """Rows of both, and the sums of their scores."""
        if not len(rows):
            return rows, scores
        values = self._at(rows, other_rows, other_scores)
        both = _where(values > 0)
        return rows[both], scores[both] + values[both]

    def _most(self, met: list[Column]) -> tuple[np.ndarray, np.ndarray, bool]:
        number, scores = np.zeros(self._size, np.int8), np.zeros(self._size, np.float32)
        for rows, values in met:
            number[rows] += 1
            scores[rows] += values
        most = int(number.max(initial=0))
        rows = _where(number == most) if most else np.empty(0, np.intp)
        return rows, scores[rows], most == len(met)


def _best_of_few(found: list[Column]) -> Column:
    """The highest score of each row, by sorting."""
    rows = np.concatenate([column[0] for column in found])
    order = rows.argsort(kind="stable")
    rows = rows[order]
    first = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1])))
    return rows[first], np.maximum.reduceat(np.concatenate([column[1] for column in found])[order], first)


def _where(holds: np.ndarray) -> np.ndarray:
    """Positions of True; numpy finds them in booleans many times faster than in numbers."""
    return holds.nonzero()[0]
