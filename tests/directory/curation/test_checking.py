"""Is what was typed read into what is kept, or refused with a sentence that repeats nothing of it?"""

from pathlib import Path

import pytest
from sqlalchemy import select

from directory.curation import FIELDS, checked, values_of
from directory.db import make_engine, read_session
from directory.models import ServiceAtLocation
from directory.vocabulary import Vocabulary, load_vocabulary
from tests.directory.curation.town import add_pair


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(Path(__file__).parents[3] / "data" / "vocabulary")


@pytest.mark.parametrize(("key", "typed", "kept"), [
    ("service.name", "  みどり　\n サロン ", "みどり　 サロン"), ("service.name_kana", "ミドリサロン", "みどりさろん"),
    ("service.description", "一行目\r\n二行目 ", "一行目\n二行目"), ("service.summary", "", None),
    ("service.kind", "salon", "salon"), ("service.minimum_age", "６５", "65"), ("service.maximum_age", 74.5, "74.5"),
    ("service.languages", "ja\n\n vi \n", ["ja", "vi"]), ("service.needs", ["company"], ["company"]), ("service.needs", None, []),
    ("listing.phone", "０８２９−００−０００１", "0829-00-0001"), ("listing.email", "Ｉnfo@example.jp", "Info@example.jp"),
    ("listing.web", "www.example.jp/a?b=1", "https://www.example.jp/a?b=1"), ("listing.web", "http://例え.jp", "http://例え.jp"),
    ("listing.contact_public", "yes", True), ("listing.consent_given", "", None), ("listing.consent_given", "no", False),
    ("listing.capacity_count", "３", 3), ("listing.capacity_date", "2026-11-24", "2026-11-24"),
    ("listing.usual", {"people": " 8人 ", "men": ""}, {"people": "8人"}),
    ("listing.loads", {"people": "2", "time": ""}, {"people": 2}),
    ("location.latitude", "34.35", 34.35), ("areas", [["地域", "佐伯"], ["地域", "佐伯"]], [["地域", "佐伯"]]),
    ("attributes", {"chairs": "yes", "steps": ""}, {"chairs": "yes"}), ("closures", {"2026-12-01": ""}, {"2026-12-01": "中止"}),
    ("service.fees", [["毎回", "1,000", None, None]],
     [{"per": "毎回", "yen": 1000, "for_whom": None, "note": None, "first_free": False}]),
    ("service.fees", [{"per": "材料", "yen": "", "note": "実費", "first_free": "on"}],
     [{"per": "材料", "yen": None, "for_whom": None, "note": "実費", "first_free": True}]),
    ("roles", [{"name": "麦茶係", "wanted": "2", "phone_duty": "no", "loads": {"people": 1}}],
     [{"id": None, "name": "麦茶係", "what": None, "loads": {"people": 1}, "times": None, "wanted": 2, "phone_duty": False,
       "stage": None}]),
])
def test_what_was_typed_is_kept_in_one_shape(vocabulary, key, typed, kept):
    assert checked({key: typed}, vocabulary) == ({key: kept}, {})


@pytest.mark.parametrize(("key", "typed"), [
    ("service.name", " "), ("service.name", None), ("service.name", "長" * 401), ("service.summary", "長" * 81),
    ("service.name_kana", "緑の会"), ("service.kind", "<script>"), ("service.needs", ["nothing"]), ("service.needs", "x"),
    ("service.minimum_age", "六十五"), ("service.minimum_age", "-1"), ("service.minimum_age", "NaN"), ("service.minimum_age", "1e9"),
    ("listing.email", "誰か"), ("listing.phone", "社協に聞く"), ("listing.web", "javascript:alert(1)"),
    ("listing.web", "https://a:b@example.jp"), ("listing.web", "ftp://example.jp"), ("listing.web", "http://[::1"),
    ("listing.contact_public", "maybe"), ("listing.contact_public", ""), ("listing.capacity_count", "-3"),
    ("listing.capacity_count", True), ("listing.capacity_date", "2026-02-30"), ("listing.capacity_date", "0001-01-01"),
    ("listing.usual", {"secret": "x"}), ("listing.usual", "x"), ("listing.loads", {"people": 5}), ("listing.loads", {"joy": 1}),
    ("location.latitude", "0"), ("location.latitude", "inf"), ("areas", ["佐伯"]), ("areas", [["地域", ""]]),
    ("attributes", {"chairs": "perhaps"}), ("attributes", {"magic": "yes"}), ("attributes", ["chairs"]),
    ("closures", {"明日": "x"}), ("schedules", [""]), ("schedules", [{"phrase": "毎週月曜", "plan": "{}"}]), ("schedules", "毎週月曜"),
    ("schedules", [{"dates": [["2026-13-01", None, None, ""]]}]), ("schedules", [{"dates": [[]]}]), ("schedules", [3]),
    ("service.fees", [{"yen": 100}]), ("service.fees", [{"per": "毎回", "yen": "百円"}]), ("roles", [{"what": "名前がない"}]),
    ("roles", [{"name": "a", "stage": "boss"}]), ("service.languages", {"ja": 1}), ("service.languages", ["x"] * 61),
    ("listing.version", 3), ("made.up", "x"),
])
def test_what_cannot_be_kept_is_refused_in_a_sentence(vocabulary, key, typed):
    values, problems = checked({key: typed}, vocabulary)
    assert values == {} and list(problems) == [key]
    assert problems[key].endswith(("。", "/", "jp", "0000", "10:00", "-24」の形で入れてください。"))
    if isinstance(typed, str) and len(typed) > 1:
        assert typed not in problems[key]


@pytest.mark.parametrize(("typed", "wrong"), [
    ({"service.minimum_age": "65", "service.maximum_age": "60"}, "service.maximum_age"),
    ({"service.needs": ["company"], "service.needs_secondary": ["company"]}, "service.needs_secondary"),
    ({"listing.capacity_state": "places", "listing.capacity_count": ""}, "listing.capacity_count"),
])
def test_two_fields_that_do_not_go_together_are_told(vocabulary, typed, wrong):
    assert list(checked(typed, vocabulary)[1]) == [wrong]


def test_what_a_listing_says_is_fit_to_be_typed_again(vocabulary, sqlite_url):
    engine = make_engine(sqlite_url)
    first, _ = add_pair(engine)
    with read_session(engine) as session:
        said = values_of(session, first)
    assert checked(said, vocabulary) == (said, {}) and set(said) == set(FIELDS)
    engine.dispose()


@pytest.mark.long
def test_what_the_sample_city_says_is_fit_to_be_typed_again(vocabulary, sample_file):
    engine = make_engine(f"sqlite:///{sample_file}")
    with read_session(engine) as session:
        for listing_id in session.scalars(select(ServiceAtLocation.id)):
            said = values_of(session, listing_id)
            assert checked(said, vocabulary) == (said, {}), listing_id
    engine.dispose()
