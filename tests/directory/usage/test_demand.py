"""Do the demand counters hold terms of the vocabulary and nothing anybody typed?"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from directory.catalog.assembler import Assembler
from directory.listing import AreaName, Listing
from directory.search import read_parameters, search
from directory.usage.demand import DemandCounter
from directory.vocabulary import load_vocabulary

DATA = Path(__file__).parents[3] / "data"
NOW = datetime(2026, 11, 24, 9, 0)
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def catalog():
    vocabulary = load_vocabulary(DATA / "vocabulary")
    assembler = Assembler(vocabulary, DAY, "public", lambda ids: [])
    assembler.put([Listing(
        id="a", source_key=None, status="published", visibility="public", name="つじの花 体操", kana=None,
        kind="hyakusai_taiso",
        organization_id="o", organization_name="つじの会", needs_primary=("exercise",), areas=(AreaName("地域", "佐伯"),),
    )])
    return assembler.assemble(1, {})


@pytest.fixture
def asked(catalog):
    """Search as the page does, and give the counted cells."""
    def ask(*questions: dict) -> list:
        counter = DemandCounter()
        for question in questions:
            counter.searched(DAY, search(catalog, read_parameters(question.items(), catalog), NOW))
        return [tuple(cell) for body in counter.take() for cell in body["cells"]]
    return ask


def test_ticked_terms_are_counted_by_area(asked):
    assert asked({"area": "佐伯", "need": "exercise"}, {"area": "佐伯", "need": "exercise"}) == [
        ("佐伯", "", "", 2, 0), ("佐伯", "need", "exercise", 2, 0)]


def test_words_are_counted_as_the_terms_they_mean(asked):
    cells = asked({"q": "水曜の午前に佐伯で体操"})
    assert ("佐伯", "day", "wed", 1, 1) in cells
    assert ("佐伯", "time", "morning", 1, 1) in cells
    assert ("佐伯", "need", "exercise", 1, 1) in cells


def test_a_search_that_found_nothing_is_counted_as_such(asked):
    assert ("大野", "", "", 1, 1) in asked({"area": "大野"})


@pytest.mark.parametrize("typed", ["山田花子", "0829-00-0000", "津田1234番地", "ひみつのことば"])
def test_a_word_the_vocabulary_does_not_know_leaves_only_that_somebody_searched(asked, typed):
    cells = asked({"q": typed})
    assert cells == [("", "", "", 1, cells[0][4])]


@pytest.mark.parametrize("question", [
    {"near": "山田花子の家"}, {"at": "34.35,132.33"}, {"date": "2026-12-03"}, {"from": "10:07"}, {"cost": "347"},
])
def test_places_times_and_sums_somebody_typed_are_not_counted(asked, question):
    assert [cell[:3] for cell in asked(question)] == [("", "", "")]


@pytest.mark.parametrize("words", ["死にたい 体操", "佐伯で死にたい", "殴られる"])
def test_urgent_words_are_never_counted(asked, words):
    assert asked({"q": words, "area": "佐伯"}) == []


def test_the_second_page_of_a_search_and_a_look_at_everything_are_no_searches(asked, catalog):
    assert asked({}) == []
    page = search(catalog, read_parameters([("area", "佐伯")], catalog), NOW)
    counter = DemandCounter()
    counter.searched(DAY, replace(page, query=page.query.on_page(2)))
    assert counter.take() == []


def test_what_could_not_be_handed_over_is_handed_over_the_next_time(catalog):
    counter, page = DemandCounter(), search(catalog, read_parameters([("area", "佐伯")], catalog), NOW)
    counter.searched(DAY, page)
    counter.give_back(counter.take())
    counter.searched(DAY, page)
    assert counter.take() == [{"day": "2026-11-24", "cells": [["佐伯", "", "", 2, 0]]}]


def test_everything_counted_fits_the_inbox(asked):
    from directory.inbox.kinds import check

    cells = [list(cell) for cell in asked({"q": "車いすで行ける無料のお茶 佐伯 大野", "audience": "seniors", "when": "today"})]
    assert check("demand", {"day": "2026-11-24", "cells": cells})
