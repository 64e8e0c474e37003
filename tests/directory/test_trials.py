"""Is a change of the words tried before it is saved, and can no change silence a cry for help unseen?"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from directory import trials, urgency, wording
from directory.db import make_engine
from directory.errors import InvalidRecord, NotFound, Stale
from directory.evaluation import Outcome
from directory.models import VocabularyTrial
from directory.rewording import DROP, MERGE, OFFER, RETIRE, Standing, standing
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from directory.vocabulary.changing import CHANGED, GONE, NEW, Change, change
from directory.vocabulary.entering import entered, plain
from directory.vocabulary.lists import LISTS
from directory.yaml_files import InvalidYaml
from tests.conftest import ROOT
from tests.factories import NOW

FOLDER = ROOT / "data/vocabulary"
FILES = load_vocabulary(FOLDER)
SUICIDE = FILES.urgent.groups["suicide"]
BELL = change("kinds.yml", "salon", CHANGED, {"synonyms": ["鈴なりの間"]})
SAID = {"why": "見直し", "by": "SC", "label": "サロン", "now": NOW}


@pytest.fixture
def engine(tmp_path: Path, migrated_file: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'directory.db')}")
    yield engine
    engine.dispose()


def put(engine: Engine, trial_id: str, made: Change = BELL, state: str = trials.DONE, **more: object) -> None:
    with engine.begin() as connection:
        connection.execute(insert(VocabularyTrial), [{
            "id": trial_id, "state": state, "file": made.file, "entry": made.entry, "field": made.field, "value": made.content,
            "version": FILES.version, "done": 0, "total": 0, "made_at": NOW, "made_by": "SC", "beat": datetime(2020, 1, 1),
            **more}])


def phrases(without: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> Change:
    return change("urgent.yml", "suicide", CHANGED, {
        "phrases": [word for word in (*SUICIDE.phrases, *more) if word not in without]})


def test_what_was_tried_is_saved_only_when_it_is_done_and_nothing_changed_since(engine: Engine) -> None:
    put(engine, "done")
    put(engine, "running", state=trials.RUNNING)
    assert trials.read(engine, "running").state == "failed"  # no sign of life for years
    with pytest.raises(Stale):
        trials.keep(engine, FILES, "running", sure=False, **SAID)
    with pytest.raises(InvalidRecord, match="なぜ"):
        trials.keep(engine, FILES, "done", sure=False, **{**SAID, "why": ""})
    trials.keep(engine, FILES, "done", sure=False, **SAID)
    assert trials.read(engine, "done").state == "saved"
    with pytest.raises(Stale):
        trials.keep(engine, FILES, "done", sure=False, **SAID)
    put(engine, "late")  # tried on the words as they were before
    with pytest.raises(Stale):
        trials.keep(engine, FILES, "late", sure=False, **SAID)
    with pytest.raises(NotFound):
        trials.read(engine, "gone")


def test_whoever_silences_a_cry_for_help_has_seen_which(engine: Engine) -> None:
    lost = {"lost": [{"q": "死に方", "groups": ["自死念慮"]}], "unseen": 1, "won": 0}
    put(engine, "quiet", phrases(without=("死に方",)), result={"urgent": lost})
    assert trials.read(engine, "quiet").silenced == 2
    with pytest.raises(InvalidRecord, match="確かめました"):
        trials.keep(engine, FILES, "quiet", sure=False, **SAID)
    trials.keep(engine, FILES, "quiet", sure=True, **SAID)
    assert "死に方" not in wording.words_of(engine, FILES).urgent.groups["suicide"].phrases


def test_no_change_silences_a_core_word(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row, now = LISTS["urgent"], standing(engine, FILES)
    left = [word for word in SUICIDE.phrases if word != "死にたい"]
    made, wrong = now.asked(row, "suicide", {**plain(row, now.entry(row, "suicide")), "phrases": left})
    assert made is None and "「死にたい」は、いのち" in wrong["phrases"]
    without = load_vocabulary(FOLDER, (phrases(without=("死にたい",)),))  # whatever the database says
    assert "死にたい" in without.urgent.groups["suicide"].phrases
    made = change("urgent.yml", "suicide", CHANGED, {"not_when": ["死にたい"]})
    monkeypatch.setattr(trials, "_start", lambda settings, trial_id: pytest.fail("it must not even be tried"))
    settings = replace(Settings.from_environment({}), data=ROOT / "data", instance=tmp_path)
    with pytest.raises(InvalidRecord, match="いのち"):
        trials.begin(engine, settings, FILES, made, by="SC", now=NOW)


def test_every_way_of_asking_for_help_is_asked_before_and_after() -> None:
    day = NOW.date()
    after = load_vocabulary(FOLDER, (phrases(without=("死に方",), more=("鈴が鳴りやまない",)),))
    asked = {"死に方": "", "楽な死に方": "tuning", "死に方とは": "held_out", "お茶": "tuning", "鈴が鳴りやまない": ""}
    found = urgency.losses(FILES, after, asked, day)
    assert [row["q"] for row in found["lost"]] == ["死に方", "楽な死に方"]
    assert found["lost"][0]["groups"] == [SUICIDE.label] and (found["unseen"], found["won"]) == (1, 1)
    # A 生活語 raises help too: taking it out is noticed.
    everyday = next(word for word in FILES.everyday if word.urgent and "電気代が払えない" in word.words)
    less = load_vocabulary(FOLDER, (change("everyday_words.yml", everyday.say, CHANGED, {GONE: True}),))
    assert "電気代が払えない" in urgency.sayings(FILES)
    assert urgency.losses(FILES, less, {"電気代が払えない": ""}, day)["lost"]


def test_only_queries_that_may_be_looked_at_are_told_of_one_by_one() -> None:
    def found(q: str, part: str, *ranking: str) -> Outcome:
        return Outcome(q, "一語", part, {"a": 3}, ranking, len(ranking))

    before = [found("お茶", "tuning", "b", "a"), found("体操", "tuning", "a"), found("秘密", "held_out", "b")]
    after = [found("お茶", "tuning", "a", "b"), found("体操", "tuning", "a"), found("秘密", "held_out", "a")]
    row, = trials.moved(before, after, {"a": "みどり会", "b": "もみじ会"})
    assert (row["q"], row["after"], row["first"]) == ("お茶", 1.0, [["もみじ会", "みどり会"], ["みどり会", "もみじ会"]])


@pytest.fixture
def now(engine: Engine) -> Standing:
    return standing(engine, FILES)


def test_a_form_becomes_a_change_of_the_fields_that_differ(now: Standing) -> None:
    row = LISTS["everyday"]
    word = FILES.everyday[0]
    said = plain(row, now.entry(row, word.say))
    assert now.asked(row, word.say, {key: value for key, value in said.items() if key != "say"}) == (None, {})
    made, wrong = now.asked(row, word.say, {**said, "needs": {"company": 0.5}})
    assert (made.field, made.content, wrong) == (CHANGED, {"needs": {"company": 0.5}}, {})
    form = {"say": "鈴を聞きたい", "also": "鈴が\u0000聞きたい\n\n鈴が 聞きたい", "needs.company": "1.0", "kinds.salon": ""}
    made, _wrong = now.asked(row, "", entered(row, form, new=True))
    assert (made.field, made.entry) == (NEW, "鈴を聞きたい")
    assert made.content == {"say": "鈴を聞きたい", "also": ["鈴が 聞きたい"], "needs": {"company": 1.0}}


@pytest.mark.parametrize(("key", "form", "field"), [
    ("everyday", {"say": "鈴", "also": ""}, "needs"),
    ("everyday", {"say": "", "needs.company": "1.0"}, "say"),
    ("everyday", {"say": FILES.everyday[0].say, "needs.company": "1.0"}, "say"),
    ("everyday", {"say": "鈴", "needs.company": "9"}, "needs"),
    ("everyday", {"say": "鈴", "needs.company": "1.0", "also": "長" * 61}, "also"),
    ("kinds", {"label": "鈴の会", "kana": "鈴", "sentence": "鈴。", "easy": "すず。"}, "kana"),
    ("kinds", {"label": "サロン", "kana": "さろん", "sentence": "鈴。", "easy": "すず。"}, "label"),
    ("places", {"name": "鈴が丘", "kana": "すずがおか", "level": "空"}, "level"),
], ids=str)
def test_what_cannot_stand_in_a_list_is_told_at_its_field(now: Standing, key: str, form: dict, field: str) -> None:
    row = LISTS[key]
    made, wrong = now.asked(row, "", entered(row, form, new=True))
    assert made is None and field in wrong


def test_each_list_has_only_the_buttons_that_fit_it(now: Standing) -> None:
    kinds, needs, everyday = LISTS["kinds"], LISTS["needs"], LISTS["everyday"]
    assert now.marked(kinds, "salon", MERGE, "free_space").content == {"retired": True, "into": "free_space"}
    assert now.marked(needs, "company", RETIRE).content == {"retired": True}
    assert now.marked(everyday, FILES.everyday[0].say, DROP).content == {"gone": True}
    assert [now.marked(row, name, mark) for row, name, mark in (
        (needs, "company", MERGE), (kinds, "salon", DROP), (everyday, "夜", OFFER), (LISTS["urgent"], "suicide", DROP),
    )] == [None] * 4
    for into in ("", "salon", "nowhere"):
        with pytest.raises(InvalidRecord):
            now.marked(kinds, "salon", MERGE, into)


def test_words_that_came_by_a_merge_stay_with_the_kind_they_are_of(engine: Engine) -> None:
    row, said = LISTS["kinds"], {"label": "サロン", "by": "SC", "why": "まとめる", "now": NOW}
    merged = change("kinds.yml", "salon", CHANGED, {"retired": True, "into": "free_space"})
    wording.save(engine, FILES, merged, version=FILES.version, **said)
    now = standing(engine, FILES)
    own = plain(row, now.entry(row, "free_space"))
    made, _wrong = now.asked(row, "free_space", {**own, "synonyms": [*own["synonyms"], "鈴の間"]})
    assert made.content == {"synonyms": [*FILES.kinds["free_space"].synonyms, "鈴の間"]}
    assert "ふれあいサロン" in wording.words_of(engine, FILES).kinds["free_space"].synonyms
    assert [one.into for one in now.rows(row) if one.name == "salon"] == ["居場所・フリースペース"]


def test_a_word_of_two_meanings_is_refused() -> None:
    one, other = FILES.everyday[:2]
    with pytest.raises(InvalidYaml):
        load_vocabulary(FOLDER, (change("everyday_words.yml", one.say, CHANGED, {"also": [other.say]}),))


@pytest.mark.long
def test_a_trial_asks_every_labelled_query_twice(engine: Engine) -> None:
    made = change("everyday_words.yml", "鈴の音が恋しい", NEW, {"say": "鈴の音が恋しい", "needs": {"company": 1.0}})
    put(engine, "one", made, state=trials.RUNNING, beat=NOW)
    trials.run(engine, ROOT / "data", "one")
    trial = trials.read(engine, "one")
    assert trial.state == "done" and trial.done == trial.total > 600 and trial.silenced == 0
    assert trial.result["before"] == trial.result["after"] and trial.result["moved"] == []
