"""Who may come? Stated ages decide, unknown is not no, and a baby's parent is not sent to every club."""

from pathlib import Path

import pytest

from directory.catalog.audiences import AUDIENCES, audience_bits, audience_words
from directory.listing import Listing
from directory.vocabulary import load_vocabulary

WORDS = audience_words(load_vocabulary(Path("data/vocabulary")))
ORDINARY = {
    "id": "1", "source_key": None, "status": "published", "visibility": "public", "name": "つつじ会", "kana": None,
    "kind": "hobby_circle", "organization_id": "1", "organization_name": "つつじ会",
}


def audiences(**facts):
    bits = audience_bits(Listing(**ORDINARY | facts), WORDS)
    return {audience.key for position, audience in enumerate(AUDIENCES) if bits >> position & 1}


def test_a_club_nobody_limited_is_open_to_the_broad_audiences_only():
    assert audiences() == {"seniors", "adults"}


@pytest.mark.parametrize(("ages", "who"), [
    ({"minimum_age": 65}, {"seniors"}),
    ({"minimum_age": 15, "maximum_age": 39}, {"adults", "youth", "teens"}),
    ({"maximum_age": 5}, {"infants"}),
])
def test_stated_ages_decide(ages, who):
    assert audiences(age_state="stated", **ages) == who


def test_a_kind_made_for_parents_is_for_them_and_for_nobody_else():
    assert audiences(kind="parent_child") == {"infants", "parents"}


def test_a_place_that_names_an_audience_is_for_it():
    assert "foreigners" in audiences(summary="外国人も歓迎です")
