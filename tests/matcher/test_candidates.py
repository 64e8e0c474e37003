"""The candidates of a catalog: which listings are among them, and whose words are whose."""

from datetime import datetime

import pytest

from directory.catalog import CatalogKeeper
from directory.db import make_engine
from directory.listings import DESK
from directory.migrations import upgrade
from directory.vocabulary import load_vocabulary
from matcher.candidates import CandidateReader
from matcher.candidates.interests import word_rows
from tests.conftest import ROOT
from tests.factories import add_listing

NOW = datetime(2026, 11, 24, 9)


@pytest.fixture
def catalog(tmp_path):
    """Three care providers and three places, of which one is about farming."""
    engine = make_engine(f"sqlite:///{tmp_path}/town.db")
    upgrade(engine)
    for number in range(3):
        add_listing(engine, service={"name": f"デイサービス{number}", "kind": "care_provider", "summary": "釜めしの昼"})
        about = "やぎと畑の世話をします" if number == 1 else "お茶を飲みます"
        add_listing(engine, service={"name": f"会{number}", "kind": "salon", "summary": about})
    yield CatalogKeeper(engine, load_vocabulary(ROOT / "data/vocabulary"), DESK).current(NOW)
    engine.dispose()


def names(catalog, candidates, rows):
    return {catalog.cards.get([candidates.ids[spot]])[0].name for spot in candidates.listing_of(rows).tolist()}


def test_a_provider_of_certified_care_is_nothing_to_propose(catalog):
    candidates = catalog.once(CandidateReader())
    assert {listing.name for listing in catalog.cards.get(candidates.ids)} == {"会0", "会1", "会2"}


def test_the_words_of_a_place_stay_its_own_though_others_are_left_out(catalog):
    candidates = catalog.once(CandidateReader())
    rows, _ = candidates.interests.about("farm")
    assert names(catalog, candidates, rows) == {"会1"}
    rows, _ = word_rows(catalog, candidates, "やぎ")
    assert names(catalog, candidates, rows) == {"会1"}
