"""The candidates of a catalog: which listings are among them, and whose words are whose."""

from datetime import datetime, timedelta

import pytest

from directory.catalog import CatalogKeeper, keeper as keeping
from directory.db import make_engine
from directory.listings import DESK
from directory.migrations import upgrade
from directory.models import ServiceAtLocation
from directory.vocabulary import load_vocabulary
from directory.writing import writing
from matcher.candidates import CandidateReader, known
from matcher.candidates.facts import facts
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


def test_after_an_edit_only_what_was_edited_is_read_anew(tmp_path, monkeypatch):
    engine = make_engine(f"sqlite:///{tmp_path}/edited.db")
    upgrade(engine)
    ids = [add_listing(engine, service={"name": f"会{n}", "kind": "salon"}, roles=[{"name": "受付"}]) for n in range(3)]
    keeper, read = CatalogKeeper(engine, load_vocabulary(ROOT / "data/vocabulary"), DESK), []
    keeper.current(NOW).once(CandidateReader())
    monkeypatch.setattr(keeping, "SECONDS_BETWEEN_LOOKS", 0)
    monkeypatch.setattr(known, "facts", lambda listing, role, *given: read.append(listing.id) or facts(listing, role, *given))
    with writing(engine, by="見本", why="見本", now=NOW) as write:
        write.edit(write.session.get_one(ServiceAtLocation, ids[1]), welcome="closed_now")
    later = NOW + timedelta(minutes=1)
    candidates = keeper.current(later).once(CandidateReader())
    assert read == [ids[1], ids[1]]
    assert candidates.set_of(candidates.rows_of([ids[1]])).tolist() == candidates.plane("welcome:closed").tolist()
    keeper.current(later + timedelta(days=1)).once(CandidateReader())
    assert set(read) == set(ids)
    engine.dispose()


def test_a_word_that_is_only_the_end_of_a_longer_one_is_another_word(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/roles.db")
    upgrade(engine)
    roles = [{"name": "名簿係", "what": "表計算に打つ"}, {"name": "先生役", "what": "計算を教える"}]
    add_listing(engine, service={"name": "会", "kind": "salon", "summary": "お茶"}, roles=roles)
    catalog = CatalogKeeper(engine, load_vocabulary(ROOT / "data/vocabulary"), DESK).current(NOW)
    candidates = catalog.once(CandidateReader())
    about = {interest: dict(zip(*(part.tolist() for part in candidates.interests.about(interest)), strict=True))
             for interest in ("math", "pc")}
    assert about["pc"][1] > about["pc"].get(2, 0)
    assert about["math"][2] > about["math"].get(1, 0)
    engine.dispose()
