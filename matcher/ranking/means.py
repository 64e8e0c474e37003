"""What is usual for a kind of place? Unknown facts count as the mean of their kind, shown as a span.

Means are over all candidates, whatever the person asked for: so adding a requirement changes no score, and revealing
one fact moves only the rows in which that fact is unknown.
"""

from weakref import WeakKeyDictionary

import numpy as np

from matcher.ranking.bits import unpack
from matcher.ranking.columns import LEVELS, LOAD_BITS, LOADS, Candidates
from matcher.ranking.weights import MIDDLE


class Means:
    """Shares and levels by kind, worked out when first asked for and kept as long as the candidates."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._kinds = max(len(candidates.kinds), 1)
        self._levels: np.ndarray | None = None
        self._shares: dict[str, np.ndarray] = {}

    @property
    def levels(self) -> np.ndarray:
        """float [loads, kinds, LEVELS]: how the observed levels of each kind are spread; each sums to 1."""
        if self._levels is None:
            kind = self._candidates.columns["kind"].astype(np.int64)
            packed = self._candidates.columns["loads"]
            counts = np.stack([
                np.bincount(kind * 8 + ((packed >> (LOAD_BITS * number)) & 7), minlength=self._kinds * 8)
                for number in range(len(LOADS))]).reshape(len(LOADS), self._kinds, 8)[:, :, :LEVELS].astype(float)
            self._levels = _spread(counts)
        return self._levels

    def share(self, yes: str, known: str) -> np.ndarray:
        """float [kinds]: of the rows in the set `known` (a plane, or two joined by |), how many are in `yes`."""
        key = f"{yes} of {known}"
        if key not in self._shares:
            of_kind = self._of_kind(known.split("|"))
            self._shares[key] = _share(self._of_kind([yes]), of_kind)
        return self._shares[key]

    def _of_kind(self, planes: list[str]) -> np.ndarray:
        candidates = self._candidates
        words = np.bitwise_or.reduce([candidates.plane(name) for name in planes], axis=0)
        return np.bincount(candidates.columns["kind"][unpack(words, candidates.size)], minlength=self._kinds)


_KEPT: WeakKeyDictionary[Candidates, Means] = WeakKeyDictionary()


def means_of(candidates: Candidates) -> Means:
    """The means of these candidates."""
    if candidates not in _KEPT:
        _KEPT[candidates] = Means(candidates)
    return _KEPT[candidates]


def _spread(counts: np.ndarray) -> np.ndarray:
    """Counts [..., kinds, levels] as shares; a kind nobody observed is like all kinds, and without any all are alike."""
    total = counts.sum(axis=-1, keepdims=True)
    over_all = counts.sum(axis=-2, keepdims=True)
    everywhere = over_all.sum(axis=-1, keepdims=True)
    usual = np.where(everywhere > 0, over_all / np.maximum(everywhere, 1), 1 / counts.shape[-1])
    return np.where(total > 0, counts / np.maximum(total, 1), usual)


def _share(yes: np.ndarray, known: np.ndarray) -> np.ndarray:
    usual = yes.sum() / known.sum() if known.sum() else MIDDLE
    return np.where(known > 0, yes / np.maximum(known, 1), usual)
