"""Which unknown is worth a call? The one that most likely opens the best place: ordered by Π π · U."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.ranking.screening import Constraint, Screened
from matcher.ranking.weights import HOPE


@dataclass(frozen=True)
class Call:
    """One row of B (position among the screened rows), what is unknown of it, and Π π · U."""

    position: int
    unknown: tuple[Constraint, ...]
    worth: float


def calls(screened: Screened, positions: Sequence[int], score: np.ndarray, most: int) -> list[Call]:
    """Of these rows of B, the calls that buy most. `score` [positions] is U."""
    found = []
    for position, worth in zip(positions, score.tolist(), strict=True):
        unknown = tuple(screened.unknown_bits(position))
        found.append(Call(position, unknown, chance(screened, position, unknown) * worth))
    return sorted(found, key=lambda call: (-call.worth, call.position))[:most]


def chance(screened: Screened, position: int, unknown: Sequence[Constraint]) -> float:
    """Π π: how likely everything unknown of this row turns out well, judging by places of its kind."""
    one = screened.view.narrowed(np.array([position]))
    hopes = [float(it.criterion.hope(one, it.part)[0]) if it.criterion.hope else HOPE for it in unknown]
    return float(np.prod(hopes))
