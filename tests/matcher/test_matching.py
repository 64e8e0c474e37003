"""Does a match tell a worker what they can defend aloud, and never what nobody may know?"""

from dataclasses import asdict, replace
from datetime import datetime

import pytest
from sqlalchemy import Engine

from directory.catalog import Catalog, CatalogKeeper
from directory.db import make_engine
from directory.errors import InvalidRecord
from directory.listings import DESK, PUBLIC
from directory.vocabulary import load_vocabulary
from matcher.answer import MatchResult
from matcher.matching import match
from matcher.ranking.hosts import Hosts, Places
from matcher.ranking.profile import Profile, Slot
from tests.conftest import ROOT
from tests.factories import NOW, add_listing

VOCABULARY = load_vocabulary(ROOT / "data" / "vocabulary")
OPEN = {"age_state": "none", "gender_state": "none", "residency_state": "none", "fees_state": "none"}
HOME = (34.35, 132.33)
PERSON = Profile(needs={"company": 1.0}, travel={"walk": 20}, start=HOME, home_area="廿日市")


def place(engine: Engine, name: str, **values) -> str:
    """A listing about which everything is known, unless the test says otherwise."""
    service, where = OPEN | {"name": name} | values.pop("service", {}), values.pop("location", {})
    known = {"welcome": "always", "assured_date": NOW.date(), "needs": ["company"], "areas": [("地域", "廿日市")]} | values
    return add_listing(engine, organization={"name": f"{name}の団体", "normalised_name": name}, service=service,
                       location={"name": f"{name}の家", **where}, **known)


@pytest.fixture
def engine(sqlite_url):
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


def desk(engine: Engine) -> Catalog:
    return CatalogKeeper(engine, VOCABULARY, DESK).current(NOW)


def matched(engine: Engine, profile: Profile = PERSON, hosts: Hosts | None = None) -> MatchResult:
    return match(desk(engine), profile, NOW, hosts or Hosts())


def names(found) -> list[str]:
    return [one.name for one in found]


def test_a_place_one_goes_to_already_is_told_as_known_and_not_proposed_anew(engine):
    there = place(engine, "いつもの会", roles=[{"name": "湯のみならべ"}])
    result = matched(engine, replace(PERSON, needs={"role": 1.0}, attends=frozenset({there})))
    [found] = result.shown
    assert found.role == "湯のみならべ" and [(one.label, one.count) for one in result.hidden] == [("もう通っている場所", 1)]
    assert "もう通っている場所なので、行き帰りは今のままです。" in [it.sentence for it in found.reasons]


def test_who_asks_is_told_which_places_are_behind_a_count_and_why(engine):
    place(engine, "やすみの会", welcome="closed_now")
    place(engine, "職員だけの会", welcome="closed_now", visibility="staff")
    gone = place(engine, "会わない人のいる会")
    who = replace(PERSON, no_contact=frozenset({gone}))
    assert [one.places for one in matched(engine, who).hidden] == [(), ()]
    closed, rest = match(desk(engine), who, NOW, name_hidden=True).hidden
    assert (closed.label, closed.count, closed.sentence) == ("今は新しい方を迎えていない", 2, "今は新しい方を募集していません。")
    assert {(one.name, one.staff_only) for one in closed.places} == {("やすみの会", False), ("職員だけの会", True)}
    assert (rest.count, rest.places, rest.sentence) == (1, (), "")


def test_what_is_known_may_be_proposed_what_is_not_is_asked_first(engine):
    place(engine, "しずかな会", attributes={"quiet": "yes"})
    place(engine, "きかれていない会")
    place(engine, "にぎやかな会", attributes={"quiet": "no"})
    result = matched(engine, replace(PERSON, required=("quiet",)))
    assert (names(result.a), names(result.b), names(result.c)) == (["しずかな会"], ["きかれていない会"], ["にぎやかな会"])
    unknown = result.b[0].unknown[0]
    assert (unknown.attribute, unknown.label) == ("quiet", "静か") and "まだ確かめていません" in unknown.sentence
    assert result.c[0].missing == "「静か」ではありません。" and result.c[0].opens == "「静か」でなくてもよければ、行けます。"
    assert result.asks[0].name == "きかれていない会" and result.asks[0].items == result.b[0].unknown


def test_every_reason_can_be_read_aloud_and_the_parts_make_up_the_score(engine):
    place(engine, "お茶の会", needs=["company"])
    place(engine, "とおい会", location={"latitude": 34.36, "longitude": 132.335})
    for one in matched(engine).shown:
        assert one.base + sum(one.parts.values()) == pytest.approx(one.score, abs=1e-6)
        assert one.low <= one.score <= one.high
        assert all(reason.sentence.endswith("。") for reason in (*one.reasons, *one.weak))
    assert "求めている「話し相手・仲間」に合います。" in [reason.sentence for reason in matched(engine).shown[0].reasons]


def test_a_role_is_a_candidate_with_its_own_loads(engine):
    place(engine, "作業の会", loads={"people": 4, "conversation": 3}, roles=[
        {"name": "ねじ分け", "loads": {"people": 1, "conversation": 0}, "phone_duty": False}])
    result = matched(engine, replace(PERSON, ceilings={"people": 2, "conversation": 1}))
    assert [(one.role, one.tier) for one in (*result.a, *result.c)] == [("ねじ分け", "A")]
    assert result.a[0].role_id is not None


def test_a_change_says_how_much_and_gives_exactly_that(engine):
    place(engine, "300円の会", service={"fees_state": "stated"}, fees=[{"per": "毎回", "yen": 300}])
    place(engine, "480円の会", service={"fees_state": "stated"}, fees=[{"per": "毎回", "yen": 480}])
    result = matched(engine, replace(PERSON, cost_limit=100))
    change = result.changes[0]
    assert change.sentence == "一回300円までなら、+1件。" and (change.amount, change.added, change.to_confirm) == (300, 1, 0)
    after = matched(engine, replace(PERSON, cost_limit=300))
    assert sum(after.counts[tier] for tier in "AB") == sum(result.counts[tier] for tier in "AB") + change.added


def test_nothing_heard_gives_three_questions_and_no_list(engine):
    place(engine, "お茶の会")
    result = matched(engine, Profile(age=58, home_area="廿日市"))
    assert (result.shown, result.a, result.b, result.c) == ((), (), (), ())
    assert [question.key for question in result.questions] == ["needs", "interests", "travel"]
    assert all(question.sentence.endswith(("か。", "。")) for question in result.questions)


def test_when_nothing_fits_a_gap_is_drafted_without_a_person(engine):
    place(engine, "昼の会", phrases=["毎週水曜日 10時～12時"])
    night = replace(PERSON, age=31, slots=(Slot(4, 1140, 1260),), ceilings={"people": 2})
    unmet = matched(engine, night).unmet
    assert unmet is not None and (unmet.needs, unmet.area, unmet.found) == (("話し相手・仲間",), "廿日市", 0)
    assert unmet.slots == ("金曜 19:00～21:00",) and unmet.loads == {"人数": 2}
    assert unmet.sentence == "廿日市に「話し相手・仲間」に合う場所が、見つかりません。"
    assert [cause.label for cause in unmet.causes] == ["行ける曜日・時間と合わない"]


def test_a_full_place_waits_apart_and_is_never_proposed(engine):
    place(engine, "満員の会", capacity_state="places", capacity_count=0, capacity_date=NOW.date())
    place(engine, "あいている会")
    result = matched(engine)
    assert names(result.shown) == ["あいている会"]
    assert (names(result.c), result.c[0].missing) == (["満員の会"], "いまは枠がありません。空きを待つことになります。")


@pytest.mark.parametrize("asked, tier", [("2026-11-01", "A"), ("2026-08-01", "B")])
def test_places_declared_long_ago_are_asked_again(engine, asked, tier):
    place(engine, "枠の会", capacity_state="places", capacity_count=2, capacity_date=datetime.fromisoformat(asked).date())
    assert [one.tier for one in matched(engine).shown] == [tier]


@pytest.mark.parametrize("free, day, tier", [(1, "2026-11-01", "A"), (1, "2026-08-01", "B"), (0, "2026-08-01", "C")])
def test_what_a_host_told_casework_counts_too_and_ages(engine, free, day, tier):
    """An old word that there is a place is a question; an old word that there is none stays one."""
    told = Places(free, 2, datetime.fromisoformat(day).date())
    result = matched(engine, PERSON, Hosts(declared={place(engine, "枠の会"): told}))
    assert [one.tier for one in (*result.shown, *result.c)] == [tier]


def test_a_no_contact_place_is_nowhere_and_looks_like_one_whose_places_are_held(engine):
    secret = place(engine, "ひみつの会")
    place(engine, "お茶の会")
    hidden = matched(engine, replace(PERSON, no_contact=frozenset({secret})))
    held = matched(engine, PERSON, Hosts(declared={secret: Places(1, 1, NOW.date())}, held={secret: 1}))
    resting = matched(engine, PERSON, Hosts(resting=frozenset({secret})))
    assert asdict(hidden) == asdict(resting)
    assert hidden.hidden == held.hidden and [(one.label, one.count) for one in hidden.hidden] == [("その他", 1)]
    assert secret not in repr(hidden) and "ひみつ" not in repr(hidden)
    assert hidden.unmet is None or "その他" not in repr(hidden.unmet)


def test_staff_only_places_are_candidates_of_the_desk(engine):
    place(engine, "支援者だけが知る会", visibility="staff")
    assert names(matched(engine).shown) == ["支援者だけが知る会"]
    with pytest.raises(ValueError, match="desk"):
        match(CatalogKeeper(engine, VOCABULARY, PUBLIC).current(NOW), PERSON, NOW)


def test_families_are_shown_places_for_families_only(engine):
    place(engine, "家族の会", service={"kind": "hikikomori_family"})
    place(engine, "お茶の会")
    assert names(matched(engine, replace(PERSON, family_only=True)).shown) == ["家族の会"]
    assert names(matched(engine).shown) == ["お茶の会"]


def test_an_interest_is_found_in_the_words_of_a_place_and_so_is_a_free_word(engine):
    place(engine, "木の会", service={"summary": "木工をします。けん玉も作ります。"}, needs=[])
    place(engine, "歌の会", service={"summary": "昔の歌をうたいます。"}, needs=[])
    for interest in ("woodwork", "けん玉"):
        assert names(matched(engine, Profile(interests=(interest,), travel={"walk": 30}, start=HOME)).shown) == ["木の会"]


def test_a_host_is_asked_for_at_most_two_of_the_first(engine):
    roles = [{"name": name, "loads": {}, "phone_duty": False} for name in ("札つけ", "袋づめ", "花の水やり")]
    place(engine, "役割の多い店", needs=["role"], roles=roles)
    place(engine, "ほかの店", needs=["role"])
    shown = names(matched(engine, replace(PERSON, needs={"role": 1.0})).shown)
    assert shown.index("ほかの店") <= 2 and shown[:3].count("役割の多い店") == 2


WRONG = {
    "unknown need": (Profile(needs={"ibasho": 1}), "ニーズの「ibasho」は、用語集にありません"),
    "unknown attribute": (replace(PERSON, required=("golden",)), "ぜひ必要なことの「golden」"),
    "wanted and avoided": (replace(PERSON, required=("pets",), avoided=("pets",)), "必要なことにも避けたいことにもあります"),
    "comfort above the limit": (replace(PERSON, ceilings={"people": 1}, comfort={"people": 3}), "楽な程度が上限より高く"),
    "women only for a man": (replace(PERSON, gender="male", required=("female_only",)), "聞いている性別と合いません"),
    "outside and inside": (replace(PERSON, resident=False), "市外にお住まいとありますが"),
    "a level beyond the scale": (replace(PERSON, ceilings={"people": 7}), "0から4で書いてください"),
    "an evening that ends before it begins": (replace(PERSON, slots=(Slot(1, 600, 500),)), "終わりが始まりよりあと"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_profile_that_cannot_be_used_is_told_so_in_a_sentence(engine, wrong):
    profile, said = WRONG[wrong]
    with pytest.raises(InvalidRecord, match=said):
        matched(engine, profile)


def test_every_hidden_candidate_is_counted_once(engine):
    place(engine, "お茶の会")
    place(engine, "大人の会", service={"age_state": "stated", "minimum_age": 65})
    place(engine, "募集のない会", welcome="closed_now")
    place(engine, "体操の会", needs=["exercise"])
    result = matched(engine, replace(PERSON, age=40))
    assert {one.label: one.count for one in result.hidden} == {
        "対象の年齢ではない": 1, "今は新しい方を迎えていない": 1, "ニーズとも関心とも重ならない": 1}
    assert sum(result.counts.values()) + sum(one.count for one in result.hidden) == result.total
