"""How close do the places shown to a person come to what people would have shown?

nDCG over the first five places with the gain 2^grade − 1 (3 best, 2 acceptable, 1 poor, 0 harmful). A place counts once,
however many of its roles are shown, with the grade of what is shown of it first; a place nobody judged gains nothing.
Where the right answer is no list, an empty list scores 1 and any other 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.evaluation import discounted
from matcher.vignettes import HARMFUL, Candidate, Vignette

DEPTH = 5  # what a worker talks through with a person
HITS = 3

Ranking = Sequence[Candidate]


def grade(candidate: Candidate, judgements: Mapping[Candidate, int]) -> int | None:
    """A role that was not judged by itself has the grade of its place; None where nobody looked."""
    return judgements.get(candidate, judgements.get((candidate[0], None)))


def first_of_each(ranking: Ranking) -> list[Candidate]:
    """What is shown first of each place, in order."""
    first: dict[str, Candidate] = {}
    for candidate in ranking:
        first.setdefault(candidate[0], candidate)
    return list(first.values())


def ndcg(ranking: Ranking, judgements: Mapping[Candidate, int]) -> float:
    """nDCG over the first DEPTH places; needs at least one judgement above 0."""
    best: dict[str, int] = {}
    for (listing_id, _), given in judgements.items():
        best[listing_id] = max(given, best.get(listing_id, 0))
    ideal = discounted(sorted(best.values(), reverse=True)[:DEPTH])
    if ideal == 0:
        raise ValueError("nDCG needs at least one place with a grade above 0.")
    return discounted([grade(one, judgements) or 0 for one in first_of_each(ranking)[:DEPTH]]) / ideal


@dataclass(frozen=True)
class CaseOutcome:
    """What one ranking brought for one case. `violations`: what of everything shown breaks a limit, and which."""

    case: Vignette
    ranking: tuple[Candidate, ...]
    violations: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """nDCG, or whether the list is empty where it should be."""
        if self.case.empty is not None:
            return float(not self.ranking)
        return ndcg(self.ranking, self.case.judgements)

    @property
    def hit(self) -> bool | None:
        """Is one of the best places of this case among the first HITS? None where there should be no list."""
        if self.case.empty is not None:
            return None
        best = max(self.case.judgements.values())
        return any(grade(one, self.case.judgements) == best for one in first_of_each(self.ranking)[:HITS])

    @property
    def grades(self) -> tuple[int | None, ...]:
        """The grades of the first places, in order."""
        return tuple(grade(one, self.case.judgements) for one in first_of_each(self.ranking)[:DEPTH])

    @property
    def harmful(self) -> int:
        """How many of the candidates shown for the first places were judged harmful."""
        places = {listing_id for listing_id, _ in first_of_each(self.ranking)[:DEPTH]}
        shown = [one for one in self.ranking if one[0] in places]
        return sum(grade(one, self.case.judgements) == HARMFUL for one in shown)


def figures(ours: Sequence[CaseOutcome], baselines: Mapping[str, Sequence[CaseOutcome]]) -> dict[str, Any]:
    """The figures of all cases, ours beside the best of the plain rankings."""
    scores = {name: mean(one.score for one in outcomes) for name, outcomes in baselines.items()}
    best = max(scores, key=lambda name: scores[name])
    return {
        "cases": len(ours),
        "ndcg_at_5": mean(one.score for one in ours),
        "hit_at_3": mean(one.hit for one in ours if one.hit is not None),
        "harmful_in_top5": sum(one.harmful for one in ours),
        "violations": sum(len(one.violations) for one in ours),
        "best_baseline_ndcg_at_5": scores[best],
        "best_baseline": best,
        "baselines": scores,
        "unjudged_in_top5": sum(one.grades.count(None) for one in ours if one.case.empty is None),
    }


def mean(values: Iterable[float]) -> float:
    """Rounded to four digits; needs at least one value."""
    numbers = list(values)
    return round(sum(numbers) / len(numbers), 4)
