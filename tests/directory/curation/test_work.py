"""Does everything that needs a decision wait in the queue, under its kind, for those who look after its area?"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from directory.curation import (
    acting, areas_of, assign, assure, duties, hand_over, hand_overs, overdue, propose, queue, set_aside, take_up, waiting,
)
from directory.curation.policy import due_on, is_badged, months_after
from directory.curation.work import KINDS, close_letter, waiting_in
from directory.db import read_session, write_session
from directory.errors import InvalidRecord, NotFound, Stale
from directory.inbox import questions
from directory.models import DemandCount, DuplicateDecision, DuplicatePair, InboxItem, ServiceAtLocation
from directory.vocabulary import load_vocabulary
from tests.directory.curation.town import NOW, SC, version
from tests.factories import add_listing

TODAY = date(2026, 11, 24)
WORDS = load_vocabulary(Path(__file__).parents[3] / "data" / "vocabulary")
SAEKI, ONO = ("地域", "佐伯"), ("地域", "大野")


def put(engine, *rows):
    with write_session(engine) as session:
        session.add_all(rows)
        session.commit()


def counts(engine, areas=None):
    with read_session(engine) as session:
        return waiting(session, WORDS, TODAY, areas)


def items(engine, kind, areas=None):
    with read_session(engine) as session:
        return queue(session, WORDS, TODAY, areas, [kind])


def fresh(engine, **values):
    return add_listing(engine, **{"assured_date": date(2026, 11, 1), "areas": [SAEKI], **values})


def one_of_each(engine):
    """A city in which one thing of every kind waits, all of it in 佐伯 where it has a place."""
    first, second = sorted(fresh(engine) for _ in range(2))
    fresh(engine, assured_date=date(2026, 5, 1))
    fresh(engine, phrases=["だいたい水曜か木曜"])
    fresh(engine, status="review")
    propose(engine, first, {"listing.phone": "1"}, "report", None, None, NOW)
    propose(engine, first, {"status": "closed"}, "vanished", "", None, NOW)
    questions.ask(engine, "confirm", {"listing": first, "attribute": "wheelchair"}, NOW)
    questions.ask(engine, "enquiry", {"needs": ["company"], "area": "佐伯"}, NOW)
    put(engine, DuplicatePair(first_id=first, second_id=second, score=0.9, likely=True, evidence=[]),
        InboxItem(id="w", kind="wish", state="new", made_at=NOW, pulled_at=NOW, body={"words": "囲碁", "area": "佐伯"}),
        DemandCount(day=TODAY, area="佐伯", parameter="need", term="exercise", searches=9, empty=5),
        DemandCount(day=TODAY, area="佐伯", parameter="need", term="food", searches=9, empty=4))
    with acting(engine, by=SC, kind="edit", why="", now=NOW) as act:
        act.change(second, {"service.name": "集会所の会"})
    return first, second


def test_one_thing_of_every_kind_waits(both):
    first, _ = one_of_each(both)
    assert counts(both) == dict.fromkeys(KINDS, 1)
    assert counts(both, ["佐伯"]) == dict.fromkeys(KINDS, 1)
    assert counts(both, ["大野"]) == dict.fromkeys(KINDS, 0)
    asked = items(both, "confirmations")[0]
    assert (asked.listing_id, asked.about, asked.areas) == (first, WORDS.attributes["wheelchair"].label, ("佐伯",))
    assert items(both, "demands")[0].about == "佐伯：5回"
    assert [kind.key for kind in KINDS.values() if kind.bulk] == ["overdue"]



def test_all_areas_counted_at_once_are_what_each_counts_alone(engine):
    one_of_each(engine)
    with read_session(engine) as session:
        at_once = waiting_in(session, WORDS, TODAY, ["佐伯", "大野"])
    assert at_once == {name: sum(counts(engine, [name]).values()) for name in ("佐伯", "大野")}
    assert at_once["佐伯"] > at_once["大野"]


def test_what_is_done_waits_no_more(engine):
    first, second = one_of_each(engine)
    put(engine, DuplicateDecision(first_id=first, second_id=second, made_by=SC, made_at=NOW))
    for kind in ("confirmations", "enquiries"):
        questions.answer(engine, items(engine, kind)[0].key, [])
    close_letter(engine, "w", NOW)
    late = items(engine, "overdue")[0]
    assure(engine, [late.key], "電話", SC, NOW, {late.key: late.version})
    with acting(engine, by=SC, kind="status", why="", now=NOW) as act:
        act.status(items(engine, "new")[0].key, "published")
        act.confirm(second, "service.name_kana")
    left = {kind: count for kind, count in counts(engine).items() if count}
    assert left == {"proposals": 1, "schedules": 1, "vanished": 1, "demands": 1}
    with pytest.raises(NotFound):
        close_letter(engine, "nothing", NOW)


def test_what_is_left_as_it_is_comes_back_on_its_day_or_when_it_is_taken_up(engine):
    one_of_each(engine)
    key = items(engine, "schedules")[0].key
    set_aside(engine, "schedules", key, SC, "来月聞く", NOW, until=TODAY + timedelta(days=1))
    assert items(engine, "schedules") == []
    set_aside(engine, "schedules", key, SC, "今日聞く", NOW, until=TODAY)
    assert [item.key for item in items(engine, "schedules")] == [key]
    set_aside(engine, "schedules", key, SC, "このまま", NOW)
    assert items(engine, "schedules") == []
    take_up(engine, "schedules", key)
    assert [item.key for item in items(engine, "schedules")] == [key]


@pytest.mark.parametrize(("values", "due"), [
    ({"assured_date": date(2026, 5, 25)}, False), ({"assured_date": date(2026, 5, 24)}, True), ({"assured_date": None}, True),
    ({"assured_date": date(2026, 1, 1), "assurance_due": date(2026, 12, 1)}, False),
    ({"assured_date": date(2026, 11, 1), "assurance_due": date(2026, 11, 24)}, True),
    ({"assured_date": None, "status": "closed"}, False), ({"assured_date": None, "visibility": "none"}, False),
    ({"assured_date": None, "merged_into": "elsewhere"}, False), ({"assured_date": None, "status": "paused"}, True),
])
def test_six_months_after_the_last_confirmation_a_listing_is_due(engine, values, due):
    fresh(engine, **values)
    with read_session(engine) as session:
        assert bool(overdue(session, TODAY)) is due


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2028, 2, 29), 12, date(2029, 2, 28)),
    (date(2026, 3, 31), -1, date(2026, 2, 28)),
    (date(2026, 11, 24), 0, date(2026, 11, 24)), (date(2026, 1, 5), -13, date(2024, 12, 5)),
])
def test_months_are_counted_to_the_end_of_the_shorter_one(day, months, then):
    assert months_after(day, months) == then


def test_the_badge_comes_after_a_year():
    assert [is_badged(day, TODAY) for day in (None, date(2025, 11, 24), date(2025, 11, 25))] == [True, True, False]
    assert due_on(None) == date.min


def test_twenty_listings_are_confirmed_in_one_act_unless_one_has_changed(engine):
    ids = [fresh(engine, assured_date=None) for _ in range(5)]
    seen = {one: version(engine, one) for one in ids}
    with pytest.raises(Stale):
        assure(engine, ids, "訪問", SC, NOW, seen | {ids[2]: 9})
    with read_session(engine) as session:
        assert len(overdue(session, TODAY)) == 5
    assure(engine, ids, "訪問", SC, NOW, seen)
    with read_session(engine) as session:
        assert overdue(session, TODAY) == []
        listing = session.get(ServiceAtLocation, ids[0])
        assert (listing.assured_date, listing.assured_by, listing.assured_how, listing.assurance_due) == (
            TODAY, SC, "訪問", date(2027, 5, 24))
    with pytest.raises(InvalidRecord):
        assure(engine, [], "訪問", SC, NOW)


def test_areas_are_looked_after_and_handed_over_with_a_note(engine):
    assign(engine, "a", "佐伯さん", [SAEKI, ONO], NOW)
    assign(engine, "b", "山田さん", [ONO], NOW)
    with pytest.raises(InvalidRecord):
        hand_over(engine, "b", "山田さん", "a", "佐伯さん", [SAEKI], "", SC, NOW)
    hand_over(engine, "a", "佐伯さん", "b", "山田さん", [SAEKI, ONO], "川西の会長は夜に電話", SC, NOW)
    with read_session(engine) as session:
        assert (areas_of(session, "a"), areas_of(session, "b")) == ([], [SAEKI, ONO])
        assert [(duty.area, duty.staff_name) for duty in duties(session)] == [("佐伯", "山田さん"), ("大野", "山田さん")]
        assert hand_overs(session)[0].note == "川西の会長は夜に電話"
    assign(engine, "b", "山田花子さん", [SAEKI], NOW)
    with read_session(engine) as session:
        assert [(duty.area, duty.staff_name) for duty in duties(session)] == [("佐伯", "山田花子さん")]
