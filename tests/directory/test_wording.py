"""Do words changed at the desk reach every search, does the file stay the base, and is a change tried before it is saved?"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from directory import trials, wording
from directory.catalog import CatalogKeeper
from directory.db import make_engine, read_session
from directory.errors import NotFound, Stale
from directory.evaluation import Outcome
from directory.models import VocabularyTrial
from directory.publishing import publish
from directory.search import SearchQuery, search
from directory.vocabulary import load_vocabulary
from directory.vocabulary.changing import LISTS, NEW, change, refuse_unfit
from directory.yaml_files import InvalidYaml
from tests.conftest import ROOT
from tests.factories import NOW, add_listing

FILES = load_vocabulary(ROOT / "data/vocabulary")
BELL = change("kinds.yml", "salon", "synonyms", [*FILES.kinds["salon"].synonyms, "鈴なりの間"])
LONGING = change("everyday_words.yml", "鈴の音が恋しい", NEW, {"also": ["鈴が恋しい"], "needs": {"company": 1.0}})


@pytest.fixture
def engine(tmp_path: Path, migrated_file: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'directory.db')}")
    add_listing(engine, service={"name": "みどり町の会"}, needs=("company",))
    yield engine
    engine.dispose()


def places(keeper: CatalogKeeper, q: str) -> int:
    keeper._looked = float("-inf")  # as a second later
    return search(keeper.current(NOW), SearchQuery(q=q), NOW).total


def test_a_saved_change_reaches_running_catalogs_and_snapshots_and_can_be_taken_back(engine: Engine, tmp_path: Path) -> None:
    keeper = CatalogKeeper(engine, FILES)
    assert places(keeper, "鈴なりの間") == places(keeper, "鈴が恋しい") == 0
    for made in (BELL, LONGING):
        wording.save(engine, made, by="SC", now=NOW)
    assert places(keeper, "鈴なりの間") == places(keeper, "鈴が恋しい") == 1
    snapshot = make_engine(f"sqlite:///{tmp_path / 'public.db'}")
    publish(engine, snapshot, FILES, now=NOW)
    public = CatalogKeeper(snapshot, FILES)
    assert places(public, "鈴なりの間") == 1
    with read_session(engine) as session:
        shown = {one.entry: one.id for one in wording.changes_shown(session)}
    wording.take_back(engine, shown["salon"], by="SC", now=NOW)
    assert (places(keeper, "鈴なりの間"), places(keeper, "鈴が恋しい")) == (0, 1)
    with pytest.raises(NotFound):
        wording.take_back(engine, shown["salon"], by="SC", now=NOW)
    snapshot.dispose()


def test_an_earlier_change_of_the_same_list_gives_way_and_a_lost_entry_is_left_out(engine: Engine) -> None:
    for made in (BELL, change("kinds.yml", "salon", "synonyms", ["鈴の間"]), change("kinds.yml", "gone", "synonyms", ["なし"])):
        wording.save(engine, made, by="SC", now=NOW)
    with read_session(engine) as session:
        words = wording.spoken(session, FILES)
    assert words.kinds["salon"].synonyms == ("鈴の間",) and list(words.kinds) == list(FILES.kinds)
    assert words.version != FILES.version and load_vocabulary(ROOT / "data/vocabulary").version == FILES.version


def test_urgent_words_only_grow_and_a_word_of_two_meanings_is_refused(engine: Engine) -> None:
    phrases = next(iter(FILES.urgent.groups.values())).phrases
    refuse_unfit(LISTS["urgent"], phrases, [*phrases, "新しい言い方"])
    with pytest.raises(InvalidYaml, match="消せません"):
        refuse_unfit(LISTS["urgent"], phrases, list(phrases[1:]))
    one, other = FILES.everyday[:2]
    with pytest.raises(InvalidYaml):
        load_vocabulary(ROOT / "data/vocabulary", (change("everyday_words.yml", one.say, "also", [other.say]),))


def test_what_was_tried_is_saved_only_when_it_is_done_and_nothing_changed_since(engine: Engine) -> None:
    row = {"file": BELL.file, "entry": BELL.entry, "field": BELL.field, "value": BELL.content, "version": FILES.version,
           "done": 0, "total": 0, "made_at": NOW, "made_by": "SC", "beat": datetime(2020, 1, 1)}
    with engine.begin() as connection:
        connection.execute(insert(VocabularyTrial), [
            {"id": "done", "state": "done", **row}, {"id": "running", "state": "running", **row}])
    assert trials.read(engine, "running").state == "failed"  # no sign of life for years
    with pytest.raises(Stale):
        trials.keep(engine, FILES, "running", by="SC", now=NOW)
    trials.keep(engine, FILES, "done", by="SC", now=NOW)
    assert trials.read(engine, "done").state == "saved"
    with pytest.raises(Stale):
        trials.keep(engine, FILES, "done", by="SC", now=NOW)


def test_only_queries_that_may_be_looked_at_are_told_of_one_by_one() -> None:
    def found(q: str, part: str, *ranking: str) -> Outcome:
        return Outcome(q, "一語", part, {"a": 3}, ranking, len(ranking))

    before = [found("お茶", "tuning", "b", "a"), found("体操", "tuning", "a"), found("秘密", "held_out", "b")]
    after = [found("お茶", "tuning", "a", "b"), found("体操", "tuning", "a"), found("秘密", "held_out", "a")]
    assert [(row["q"], row["after"]) for row in trials.moved(before, after)] == [("お茶", 1.0)]


@pytest.mark.long
def test_a_trial_asks_every_labelled_query_twice(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(VocabularyTrial), [{
            "id": "one", "state": "running", "file": LONGING.file, "entry": LONGING.entry, "field": NEW,
            "value": LONGING.content, "version": FILES.version, "done": 0, "total": 0, "made_at": NOW, "made_by": "SC",
            "beat": NOW}])
    trials.run(engine, ROOT / "data", "one")
    trial = trials.read(engine, "one")
    assert trial.state == "done" and trial.done == trial.total > 600
    assert trial.result["before"] == trial.result["after"] and trial.result["moved"] == []
