"""How close does a ranking come to what people said they were looking for?

nDCG: each place counts its gain, less the further down it stands, and the sum is divided by the best sum possible from
the same labels. Grades are 3 (exactly what is sought), 2 (good), 1 (acceptable); a place without a grade gains nothing.
The gain is 2^grade − 1, which rewards having the exact answer on top; the milder gain (the grade itself) is printed beside
it, because one person's line between 2 and 3 is not another's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

DEPTH = 10  # what a reader sees on a phone before tiring
GOOD = 2
PARTS = ("tuning", "held_out")

Gain = Callable[[int], float]


def steep(grade: int) -> float:
    """The usual gain of web search: 0, 1, 3, 7."""
    return float(2**grade - 1)


def linear(grade: int) -> float:
    """The grade itself: 0, 1, 2, 3."""
    return float(grade)


def ndcg_at(ranking: Sequence[str], judgements: Mapping[str, int], depth: int = DEPTH, gain: Gain = steep) -> float:
    """Between 0 and 1; 1 when no other order of the labelled places would be better. Needs at least one label."""
    ideal = sorted(judgements.values(), reverse=True)
    best = discounted(ideal[:depth], gain)
    if best == 0:
        raise ValueError("nDCG needs at least one place with a grade above 0.")
    once = list(dict.fromkeys(ranking))
    return discounted([judgements.get(key, 0) for key in once[:depth]], gain) / best


def discounted(grades: Sequence[int], gain: Gain = steep) -> float:
    """The gains of these grades from the top, each worth less the further down it stands."""
    return sum(gain(grade) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


@dataclass(frozen=True)
class Outcome:
    """What one labelled query brought. `ranking`: keys of the first places; `judgements` is empty for unanswerable ones."""

    q: str
    group: str
    part: str
    judgements: Mapping[str, int]
    ranking: tuple[str, ...]
    total: int

    @property
    def answerable(self) -> bool:
        """True when some place of the city was labelled as an answer."""
        return bool(self.judgements)

    @property
    def ndcg(self) -> float:
        """nDCG@10 with the steep gain; only for answerable queries."""
        return ndcg_at(self.ranking, self.judgements)


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of all queries, then of each part; unanswerable queries are counted apart, never in the averages."""
    return {**_figures(outcomes), **{part: _figures([one for one in outcomes if one.part == part]) for part in PARTS}}


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    others = [outcome for outcome in outcomes if not outcome.answerable]
    return {
        "queries": len(answerable),
        "ndcg_at_10": _mean([outcome.ndcg for outcome in answerable]),
        "zero_result_rate": _mean([outcome.total == 0 for outcome in answerable]),
        "ndcg_at_10_linear": _mean([ndcg_at(one.ranking, one.judgements, gain=linear) for one in answerable]),
        "first_is_good": _mean([_first_grade(outcome) >= GOOD for outcome in answerable]),
        "unanswerable": len(others),
        "unanswerable_with_zero": sum(outcome.total == 0 for outcome in others),
    }


def by_group(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, float, float]]:
    """Per kind of query: how many, nDCG@10, share without any result."""
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    groups = {name: [one for one in answerable if one.group == name] for name in dict.fromkeys(one.group for one in answerable)}
    return {
        name: (len(rows), _mean([one.ndcg for one in rows]) or 0.0, _mean([one.total == 0 for one in rows]) or 0.0)
        for name, rows in groups.items()
    }


def _first_grade(outcome: Outcome) -> int:
    return outcome.judgements.get(outcome.ranking[0], 0) if outcome.ranking else 0


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
