"""The figures of the matching: what counts, what does not, and what would be a better list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.evaluation import CaseOutcome, figures, grade, ndcg
from matcher.ranking.profile import Profile
from matcher.vignettes import Vignette

JUDGEMENTS = {("best", None): 3, ("fine", None): 2, ("poor", None): 1, ("harm", None): 0, ("best", "desk"): 0}


def outcome(*ranking, judgements=JUDGEMENTS, empty=None, violations=()):
    candidates = tuple(one if isinstance(one, tuple) else (one, None) for one in ranking)
    return CaseOutcome(Vignette("V99", "話", Profile(), judgements, empty), candidates, violations)


def test_a_role_nobody_judged_has_the_grade_of_its_place():
    assert grade(("best", "garden"), JUDGEMENTS) == 3
    assert grade(("best", "desk"), JUDGEMENTS) == 0
    assert grade(("elsewhere", None), JUDGEMENTS) is None


def test_the_best_order_scores_one_whatever_follows():
    assert outcome("best", "fine", "poor", "harm", "elsewhere").score == pytest.approx(1)


def test_a_place_counts_once_with_what_is_shown_of_it_first():
    assert outcome("best", ("best", "desk"), "fine", "poor").score == pytest.approx(1)
    assert outcome(("best", "desk"), "best", "fine", "poor").score == outcome(("best", "desk"), "fine", "poor").score < 0.6


def test_only_the_first_five_places_count():
    others = [f"other-{n}" for n in range(5)]
    assert outcome(*others, "best").score == 0
    assert outcome(*others[:4], "best").score > 0
    assert outcome(*others, "harm").harmful == 0


def test_a_place_nobody_judged_gains_nothing_and_is_counted():
    row = figures([outcome("elsewhere", "best")], {"nearest": [outcome()]})
    assert row["unjudged_in_top5"] == 1
    assert 0 < row["ndcg_at_5"] < 1


def test_a_harmful_role_counts_even_when_its_place_was_shown_for_something_else():
    assert outcome("best", ("best", "desk")).harmful == 1
    assert outcome("best", "harm").harmful == 1
    assert outcome("best", "fine").harmful == 0


def test_a_hit_is_one_of_the_best_places_this_case_has():
    assert outcome("poor", "fine", "best").hit
    assert not outcome("poor", "fine", "harm", "best").hit
    assert outcome("poor", "fine", judgements={("fine", None): 2, ("poor", None): 1}).hit


def test_where_there_should_be_no_list_only_an_empty_one_scores():
    assert outcome(empty="ask", judgements={}).score == 1
    assert outcome("best", empty="ask", judgements={}).score == 0
    assert outcome(empty="nothing_fits", judgements={}).hit is None


def test_an_empty_list_where_there_are_good_places_scores_nothing():
    assert (outcome().score, outcome().hit) == (0, False)


def test_the_figures_stand_beside_the_best_plain_ranking():
    ours = [outcome("best", "fine", "poor"), outcome(empty="ask", judgements={}), outcome("harm", violations=("V99 x: 費用",))]
    row = figures(ours, {"nearest": [outcome("poor")], "random": [outcome("harm")]})
    assert (row["cases"], row["hit_at_3"], row["harmful_in_top5"], row["violations"]) == (3, 0.5, 1, 1)
    assert row["ndcg_at_5"] == pytest.approx(2 / 3, abs=1e-4)
    assert row["best_baseline"] == "nearest"
    assert row["best_baseline_ndcg_at_5"] == row["baselines"]["nearest"] > row["baselines"]["random"]


def test_no_good_place_is_an_error_and_not_a_perfect_score():
    with pytest.raises(ValueError, match="above 0"):
        ndcg([("harm", None)], {("harm", None): 0})


@given(st.permutations(["best", "fine", "poor", "harm", "elsewhere"]), st.integers(0, 3))
def test_moving_a_better_place_up_never_lowers_the_score(ranking, place):
    upper, lower = ranking[place : place + 2]
    if (grade((lower, None), JUDGEMENTS) or 0) > (grade((upper, None), JUDGEMENTS) or 0):
        moved = [*ranking[:place], lower, upper, *ranking[place + 2 :]]
        assert outcome(*moved).score >= outcome(*ranking).score
