"""Do words changed at the desk reach every process, does the file stay the base, and can each change be taken back?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from directory import wording
from directory.catalog import CatalogKeeper
from directory.db import make_engine, read_session
from directory.errors import InvalidRecord, NotFound, Stale
from directory.importers.kinds import Kinds
from directory.models import Service, ServiceAtLocation
from directory.publishing import publish
from directory.search import search
from directory.search.reading import read_parameters
from directory.vocabulary import Vocabulary, load_vocabulary, offered
from directory.vocabulary.changing import CHANGED, GONE, INTO, NEW, RETIRED, Change, change
from directory.vocabulary.loading import load_fitting
from directory.yaml_files import InvalidYaml
from tests.conftest import ROOT
from tests.factories import NOW, add_listing

FOLDER = ROOT / "data/vocabulary"
FILES = load_vocabulary(FOLDER)
SYNONYMS = [*FILES.kinds["salon"].synonyms, "鈴なりの間"]
BELL = change("kinds.yml", "salon", CHANGED, {"synonyms": SYNONYMS})
LONGING = change("everyday_words.yml", "鈴の音が恋しい", NEW, {
    "say": "鈴の音が恋しい", "also": ["鈴が恋しい"], "needs": {"company": 1.0}})
CAMP = change("kinds.yml", "own_camp", NEW, {
    "label": "鈴の野営", "kana": "すずのやえい", "sentence": "鈴を鳴らす野営です。", "easy": "すずの ところです。",
    "synonyms": ["鈴キャンプ"], "labels": {"en": "Bell camp", "ko": ""}})
MERGED = change("kinds.yml", "salon", CHANGED, {RETIRED: True, INTO: "free_space"})


@pytest.fixture
def engine(tmp_path: Path, migrated_file: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'directory.db')}")
    add_listing(engine, service={"name": "みどり町の会", "kind": "salon"}, needs=("company",))
    yield engine
    engine.dispose()


def save(engine: Engine, made: Change, **more: object) -> str:
    version = wording.words_of(engine, FILES).version
    return wording.save(engine, FILES, made, **{
        "label": made.entry, "by": "SC 佐伯", "why": "電話で聞いた", "now": NOW, "version": version, **more})


def spoken(engine: Engine) -> Vocabulary:
    return wording.words_of(engine, FILES)


def undo(engine: Engine, act_id: str) -> str:
    with read_session(engine) as session:
        return save(engine, wording.taking_back(session, act_id), undoes=act_id)


def places(keeper: CatalogKeeper, q: str, **filters: str) -> int:
    keeper._looked = float("-inf")  # as a second later
    catalog = keeper.current(NOW)
    query = read_parameters([("q", q), *filters.items()], catalog)
    return search(catalog, query, NOW).total


def kind_of(engine: Engine) -> tuple[str, int]:
    with read_session(engine) as session:
        return session.scalar(select(Service.kind)), session.scalar(select(ServiceAtLocation.version))


def test_a_saved_change_reaches_running_processes_and_snapshots_and_can_be_taken_back(engine: Engine, tmp_path: Path) -> None:
    keeper, words = CatalogKeeper(engine, FILES), wording.WordKeeper(engine, FILES)
    assert places(keeper, "鈴なりの間") == places(keeper, "鈴が恋しい") == 0
    assert "鈴なりの間" not in words.current().kinds["salon"].synonyms
    acts = [save(engine, made) for made in (BELL, LONGING)]
    assert places(keeper, "鈴なりの間") == places(keeper, "鈴が恋しい") == 1
    words._looked = float("-inf")
    assert "鈴なりの間" in words.current().kinds["salon"].synonyms
    snapshot = make_engine(f"sqlite:///{tmp_path / 'public.db'}")
    publish(engine, snapshot, FILES, now=NOW)
    public = CatalogKeeper(snapshot, FILES)
    assert places(public, "鈴なりの間") == 1 and "佐伯" not in str(list(rows_of(snapshot)))
    undo(engine, acts[0])
    assert (places(keeper, "鈴なりの間"), places(keeper, "鈴が恋しい")) == (0, 1)
    publish(engine, snapshot, FILES, now=NOW)
    assert places(public, "鈴なりの間") == 0
    snapshot.dispose()


def rows_of(engine: Engine) -> list:
    with engine.connect() as connection:
        return [*connection.exec_driver_sql("SELECT made_by, value FROM vocabulary_change"),
                *connection.exec_driver_sql("SELECT made_by FROM vocabulary_act")]


def test_every_change_says_who_when_and_why_and_only_the_last_of_an_entry_is_taken_back(engine: Engine) -> None:
    with pytest.raises(InvalidRecord, match="なぜ"):
        save(engine, BELL, why="  ")
    first = save(engine, BELL)
    second = save(engine, change("kinds.yml", "salon", CHANGED, {"synonyms": ["鈴の間"]}), why="まちがい電話が多い")
    with read_session(engine) as session:
        shown = wording.acts(session)
        assert [(one.id, one.made_by, one.why, one.can_undo) for one in shown] == [
            (second, "SC 佐伯", "まちがい電話が多い", True), (first, "SC 佐伯", "電話で聞いた", False)]
        with pytest.raises(Stale):
            wording.taking_back(session, first)
        with pytest.raises(NotFound):
            wording.taking_back(session, "gone")
    undo(engine, second)
    assert "鈴なりの間" in spoken(engine).kinds["salon"].synonyms
    with read_session(engine) as session:
        last, taken, before = wording.acts(session)
        assert (last.is_undoing, taken.is_undone, before.can_undo, taken.can_undo) == (True, True, True, False)
    undo(engine, first)
    assert spoken(engine).kinds["salon"].synonyms == FILES.kinds["salon"].synonyms


def test_two_people_at_once_do_not_overwrite_each_other(engine: Engine) -> None:
    version = spoken(engine).version
    save(engine, BELL, version=version)
    with pytest.raises(Stale):
        save(engine, LONGING, version=version)


def test_a_new_kind_and_a_new_name_are_found_offered_and_named_in_every_language(engine: Engine) -> None:
    keeper = CatalogKeeper(engine, FILES)
    save(engine, CAMP)
    add_listing(engine, service={"name": "川べりの会", "kind": "own_camp"})
    assert places(keeper, "鈴キャンプ") == places(keeper, "すずのやえい") == places(keeper, "", kind="own_camp") == 1
    term = spoken(engine).kinds["own_camp"]
    assert (term.labels["en"], term.labels["ko"]) == ("Bell camp", "鈴の野営") and "own_camp" in offered(spoken(engine).kinds)
    assert Kinds(spoken(engine)).read("鈴の野営") == "own_camp"
    save(engine, change("kinds.yml", "salon", CHANGED, {"label": "お茶の間"}))
    assert spoken(engine).kinds["salon"].label == "お茶の間"
    assert places(keeper, "サロン") == places(keeper, "お茶の間") == 1  # the former name goes on finding


def test_a_kind_in_use_is_merged_not_deleted_and_a_merge_is_undone_whole(engine: Engine) -> None:
    keeper = CatalogKeeper(engine, FILES)
    with read_session(engine) as session:
        assert wording.holding(session, "kinds.yml") == {"salon": 1} and wording.holding(session, "needs.yml") == {"company": 1}
    before = kind_of(engine)
    act = save(engine, MERGED)
    assert kind_of(engine) == ("free_space", before[1] + 1)  # whoever edits the listing just now is told
    words = spoken(engine)
    assert "サロン" in words.kinds["free_space"].synonyms and "salon" not in offered(words.kinds)
    assert not any("salon" in one.kinds for one in words.everyday) and Kinds(words).read("サロン") == "free_space"
    for kind in ("salon", "free_space"):  # old addresses too
        assert places(keeper, "", kind=kind) == 1
    assert places(keeper, "サロン") == 1
    undo(engine, act)
    assert kind_of(engine) == ("salon", before[1] + 2) and spoken(engine).version == FILES.version


def test_what_bears_a_kind_of_our_own_must_go_elsewhere_before_it_can_go(engine: Engine) -> None:
    act = save(engine, CAMP)
    add_listing(engine, service={"name": "川べりの会", "kind": "own_camp"})
    with pytest.raises(InvalidRecord, match="1件"):
        undo(engine, act)
    need = save(engine, change("needs.yml", "own_pet", NEW, {
        "label": "動物とくらす", "kana": "どうぶつとくらす", "sentence": "動物と。", "easy": "どうぶつ。", "synonyms": []}))
    with pytest.raises(InvalidRecord, match="ご本人の記録"):
        undo(engine, need)
    save(engine, change("needs.yml", "own_pet", NEW, {
        "label": "動物とくらす", "kana": "どうぶつとくらす", "sentence": "動物と。", "easy": "どうぶつ。", "synonyms": [], RETIRED: True}))
    words = spoken(engine)
    assert "own_pet" in words.needs and "own_pet" not in offered(words.needs) and "own_pet" in offered(words.needs, ["own_pet"])


def test_weights_and_dropped_words_take_effect(engine: Engine) -> None:
    word = FILES.everyday[0]
    save(engine, change("everyday_words.yml", word.say, CHANGED, {"needs": {"exercise": 0.4}, "near": ["鈴"]}))
    found = next(one for one in spoken(engine).everyday if one.say == word.say)
    assert (dict(found.needs), found.near, found.also, dict(found.kinds)) == (
        {"exercise": 0.4}, ("鈴",), word.also, dict(word.kinds))
    save(engine, change("everyday_words.yml", word.say, CHANGED, {GONE: True}))
    assert word.say not in [one.say for one in spoken(engine).everyday]


def test_a_place_of_the_desk_is_found_by_its_misspelling(engine: Engine) -> None:
    add_listing(engine, service={"name": "鈴が丘の会"}, location={"town": "鈴が丘"})
    keeper = CatalogKeeper(engine, FILES)
    assert places(keeper, "ベルヒル") == 0
    save(engine, change("place_readings.yml", "鈴が丘（town）", NEW, {
        "name": "鈴が丘", "kana": "すずがおか", "level": "town", "typed": ["ベルヒル"], "sure": True}))
    assert places(keeper, "ベルヒル") == 1


def test_a_lost_entry_is_left_out_and_a_change_the_file_no_longer_bears_stops_nothing(engine: Engine) -> None:
    save(engine, change("kinds.yml", "gone", CHANGED, {"synonyms": ["なし"]}))
    assert list(spoken(engine).kinds) == list(FILES.kinds)
    one, other = FILES.everyday[:2]
    twice = change("everyday_words.yml", one.say, CHANGED, {"also": [other.say]})
    with pytest.raises(InvalidYaml):
        load_vocabulary(FOLDER, (twice,))
    assert "鈴なりの間" in load_fitting(FOLDER, (twice, BELL)).kinds["salon"].synonyms
