"""nDCG and the figures printed from it."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.evaluation import Outcome, by_group, figures, linear, ndcg_at

JUDGEMENTS = {"best": 3, "good": 2, "fine": 1}


def outcome(q="体操", part="tuning", judgements=JUDGEMENTS, ranking=("best",), total=None, group="一語"):
    return Outcome(q, group, part, judgements, tuple(ranking), len(ranking) if total is None else total)


def test_the_best_possible_order_scores_one():
    assert ndcg_at(["best", "good", "fine", "other"], JUDGEMENTS) == pytest.approx(1)


def test_a_ranking_without_any_answer_scores_nothing():
    assert ndcg_at(["other", "another"], JUDGEMENTS) == 0
    assert ndcg_at([], JUDGEMENTS) == 0


def test_the_value_follows_the_textbook():
    gained = 1 / log2(2) + 7 / log2(4)
    best = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)
    assert ndcg_at(["fine", "other", "best"], JUDGEMENTS) == pytest.approx(gained / best)


def test_the_exact_answer_on_top_counts_more_with_the_steep_gain():
    swapped = ["good", "best", "fine"]
    assert ndcg_at(swapped, JUDGEMENTS) < ndcg_at(swapped, JUDGEMENTS, gain=linear) < 1


def test_only_the_first_ten_places_count():
    assert ndcg_at(["other"] * 1 + [f"other-{n}" for n in range(9)] + ["best"], JUDGEMENTS) == 0


def test_more_than_ten_equal_answers_need_not_all_be_shown():
    many = {f"place-{n}": 3 for n in range(25)}
    assert ndcg_at([f"place-{n}" for n in range(24, 14, -1)], many) == pytest.approx(1)


def test_a_place_listed_twice_gains_once():
    assert ndcg_at(["best", "best"], {"best": 3, "good": 3}) == ndcg_at(["best"], {"best": 3, "good": 3})


def test_no_labels_is_an_error_and_not_a_perfect_score():
    with pytest.raises(ValueError, match="at least one"):
        ndcg_at(["best"], {})


@given(st.permutations(["best", "good", "fine", "other", "another"]))
def test_every_order_scores_between_nothing_and_one(ranking):
    assert 0 <= ndcg_at(ranking, JUDGEMENTS) <= 1 + 1e-12


@given(st.permutations(["best", "good", "fine", "other"]), st.integers(0, 2))
def test_moving_a_better_place_up_never_lowers_the_score(ranking, place):
    upper, lower = ranking[place : place + 2]
    if JUDGEMENTS.get(lower, 0) > JUDGEMENTS.get(upper, 0):
        moved = [*ranking[:place], lower, upper, *ranking[place + 2 :]]
        assert ndcg_at(moved, JUDGEMENTS) > ndcg_at(ranking, JUDGEMENTS)


def test_unanswerable_queries_are_counted_apart():
    nothing = outcome("乗馬", judgements={}, ranking=())
    surplus = outcome("陶芸", judgements={}, ranking=("other",))
    row = figures([outcome(), nothing, surplus])
    assert (row["queries"], row["zero_result_rate"]) == (1, 0)
    assert (row["unanswerable"], row["unanswerable_with_zero"]) == (2, 1)


def test_a_query_without_results_counts_as_zero_and_stays_in_the_average():
    row = figures([outcome(judgements={"best": 3}), outcome("碁", judgements={"best": 3}, ranking=())])
    assert (row["ndcg_at_10"], row["zero_result_rate"], row["first_is_good"]) == (0.5, 0.5, 0.5)


def test_each_part_has_its_own_figures():
    row = figures([outcome(judgements={"best": 3}), outcome("碁", "held_out", {"good": 2}, ())])
    assert row["tuning"]["ndcg_at_10"] == 1
    assert row["held_out"]["ndcg_at_10"] == 0
    assert row["tuning"]["queries"] + row["held_out"]["queries"] == row["queries"]


def test_no_queries_give_no_figure_rather_than_a_good_one():
    assert figures([])["ndcg_at_10"] is None


def test_kinds_of_queries_are_averaged_apart():
    rows = by_group([outcome(judgements={"best": 3}), outcome("碁", group="役", judgements={"good": 2}, ranking=())])
    assert rows == {"一語": (1, 1.0, 0.0), "役": (1, 0.0, 1.0)}
