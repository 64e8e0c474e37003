"""Does an act write exactly what was decided, leave its trace, and leave alone what it was not about?"""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import select

from directory.curation import acting, marks_of, shared_with, values_of
from directory.curation.restoring import history
from directory.db import read_session
from directory.errors import InvalidRecord, NotFound, Stale
from directory.models import Attribute, CurationAct, ServiceAtLocation
from directory.writing import changed_since, current_revision
from tests.directory.curation.town import NOW, SC, add_pair, everything, version
from tests.factories import add_listing

TODAY = date(2026, 11, 24)


def change(engine, listing_id, values, **options):
    with acting(engine, by=SC, kind="edit", why="電話で確認", now=NOW) as act:
        act.change(listing_id, values, **options)
    return act.id


def said(engine, listing_id):
    with read_session(engine) as session:
        return values_of(session, listing_id)


# Key, value as `checked` gives it, and where it differs what is read again.
CHANGES = {
    "service.name": "あおぞら体操", "service.name_kana": "あおぞらたいそう", "service.kind": "cafe", "service.summary": "椅子でする体操です。",
    "service.description": "一行目\n二行目", "service.languages": ["ja", "vi"], "service.steps": ["電話する", "行く"],
    "service.needs": ["exercise", "company"], "service.needs_secondary": ["learning"], "service.age_state": "stated",
    "service.minimum_age": "65", "service.maximum_age": "74.5", "service.gender_only": "女性",
    "service.fees": [{"per": "月", "yen": 500, "for_whom": "大人", "note": "お茶代", "first_free": True},
                     {"per": "材料", "yen": None, "for_whom": None, "note": "実費", "first_free": False}],
    "location.name": "あおぞら会館", "location.latitude": 34.4, "location.masked": True, "location.town": "平良一丁目",
    "listing.name": "平良の体操", "listing.phone": "0829-00-0002", "listing.contact_public": True, "listing.pickup": None,
    "listing.usual": {"people": "8人くらい"}, "listing.first_day": {"bring": "飲みもの"}, "listing.keywords": ["体操"],
    "listing.loads": {"people": 2}, "listing.accommodations": ["silence_ok"], "listing.staff_fields": ["phone"],
    "listing.consent_given": False, "listing.consent_date": "2026-11-01", "listing.capacity_count": 3,
    "listing.other_facts": {"備考": "坂の上"}, "organization.name": "あおぞら会", "organization.kind": "NPO",
    "schedules": [{"phrase": "第2・4火曜 10時～12時", "note": "祝日は休み", "location_id": None, "valid_from": "2026-04-01",
                   "valid_to": None, "plan": None},
                  {"phrase": "毎週水曜日 10時～12時", "note": None, "location_id": None, "valid_from": None, "valid_to": None,
                   "plan": None}],
    "closures": {"2026-12-01": "大雪のため中止"}, "attributes": {"chairs": "no", "wheelchair": "unknown"},
    "areas": [["地域", "佐伯"], ["小学校区", "玖島"]], "location.exists": False,
}


def test_every_field_is_read_again_as_it_was_written(both):
    first, _ = add_pair(both)
    wanted = {key: value for key, value in CHANGES.items() if key != "location.exists"}
    change(both, first, wanted)
    after = said(both, first)
    assert {key: after[key] for key in wanted} == wanted
    change(both, first, {"location.exists": False})
    assert not [value for key, value in said(both, first).items() if key.startswith("location.") and value]


@pytest.mark.parametrize("keys", [
    ["service.name", "service.fees", "location.exists", "attributes", "listing.usual"],
    pytest.param(list(CHANGES), marks=pytest.mark.long),
])
def test_a_field_by_itself_changes_nothing_else(engine, keys):
    for key in keys:
        value, (first, _) = CHANGES[key], add_pair(engine)
        before = said(engine, first)
        change(engine, first, {key: value})
        after = said(engine, first)
        assert after[key] == value
        follows = {key, f"{key}_kana", "listing.location_id"} | {name for name in after if key == "location.exists"}
        assert {name for name in after if after[name] != before[name]} <= follows, key


def test_a_role_keeps_its_id_when_others_come_and_go(engine):
    first, _ = add_pair(engine)
    own = said(engine, first)["roles"][0]
    change(engine, first, {"roles": [{"name": "受付"}, own | {"wanted": 2}]})
    assert [(role["name"], role["wanted"], role["id"] == own["id"]) for role in said(engine, first)["roles"]] == [
        ("受付", None, False), ("麦茶係", 2, True)]


def test_a_timetable_of_typed_days_is_kept_with_its_days(engine):
    first, _ = add_pair(engine)
    change(engine, first, {"schedules": [{"dates": [["2026-12-01", "10:00", "12:00", ""], ["2026-12-15", None, None, "餅つき"]]}]})
    kept = said(engine, first)["schedules"]
    assert kept[0]["phrase"] == "予定表" and "12" in kept[0]["plan"]
    change(engine, first, {"schedules": kept + ["第1月曜 9時～"]})
    assert said(engine, first)["schedules"][0] == kept[0]


def test_an_act_leaves_its_words_and_raises_the_versions_of_all_that_show_it(engine):
    first, second = add_pair(engine)
    alone = add_listing(engine)
    with read_session(engine) as session:
        before = current_revision(session)
    versions = [version(engine, one) for one in (first, second, alone)]
    act_id = change(engine, first, {"service.summary": "新しい説明", "listing.phone": "0829-00-0009"})
    with read_session(engine) as session:
        assert changed_since(session, before) == {first, second}
        act = session.get(CurationAct, act_id)
        assert (act.revision, act.made_by, act.why, act.kind) == (before + 1, SC, "電話で確認", "edit")
        assert act.changes == {first: {
            "before": {"service.summary": None, "listing.phone": "0829-00-0001"},
            "after": {"service.summary": "新しい説明", "listing.phone": "0829-00-0009"}}}
        assert [(key, old, new) for key, _, old, new in history(session, first)[0].changes] == [
            ("service.summary", None, "新しい説明"), ("listing.phone", "0829-00-0001", "0829-00-0009")]
    assert [version(engine, one) for one in (first, second, alone)] == [versions[0] + 1, versions[1] + 1, versions[2]]


def test_nothing_that_differs_is_no_act(engine):
    first, _ = add_pair(engine)
    before = version(engine, first)
    change(engine, first, said(engine, first))
    with read_session(engine) as session:
        assert session.scalars(select(CurationAct)).all() == []
    assert version(engine, first) == before


def test_a_typo_fix_does_not_touch_the_confirmation(engine):
    first = add_listing(engine, assured_date=date(2026, 1, 5), assured_by="SC", assured_how="電話")
    change(engine, first, {"service.name": "みどり町のサロン", "attributes": {"chairs": "yes"}, "listing.phone": "0829-00-0003"})
    with read_session(engine) as session:
        listing = session.get(ServiceAtLocation, first)
        assert (listing.assured_date, listing.assured_by, listing.assured_how) == (date(2026, 1, 5), "SC", "電話")


def test_what_was_said_of_the_equipment_is_verified_only_where_it_changed(engine):
    first = add_listing(engine, attributes={"chairs": "yes", "steps": "no"})
    change(engine, first, {"attributes": {"chairs": "yes", "steps": "yes"}})
    with read_session(engine) as session:
        rows = session.scalars(select(Attribute).where(Attribute.listing_id == first).order_by(Attribute.term))
        assert [(row.term, row.verified_at, row.verified_by) for row in rows] == [
            ("chairs", None, None), ("steps", TODAY, SC)]


@pytest.mark.parametrize(("key", "value", "shared"), [
    ("service.summary", "ここだけの説明", "service"), ("location.name", "となりの会館", "location"),
    ("organization.name", "別の会", "organization"), ("service.needs", ["exercise"], "service"),
    ("service.fees", [{"per": "毎回", "yen": 300}], "service"),
])
def test_only_here_changes_one_listing_and_leaves_the_others(engine, key, value, shared):
    first, second = add_pair(engine)
    before = said(engine, second)
    with read_session(engine) as session:
        assert shared_with(session, first)[shared] == 2
    change(engine, first, {key: value}, only_here=True)
    after = said(engine, first)
    assert after[key] != before[key]
    assert said(engine, second) == before
    with read_session(engine) as session:
        assert (shared_with(session, first)[shared], shared_with(session, second)[shared]) == (1, 1)
    links = {"service.organization_id", "listing.service_id", "listing.location_id", key, f"{key}_kana"}
    own = ("listing.", "schedules", "roles", "attributes", "areas", "closures")
    assert {name for name in after if after[name] != before[name] and not name.startswith(own)} <= links


def test_a_new_name_gets_a_reading_that_waits_for_a_person(engine):
    first, _ = add_pair(engine)
    change(engine, first, {"service.name": "集会所の会"})
    with read_session(engine) as session:
        assert values_of(session, first)["service.name_kana"] == "しゅうかいじょのかい"
        assert marks_of(session, first) == {"service.name_kana"}
    change(engine, first, {}, confirmed=["service.name_kana"])
    with read_session(engine) as session:
        assert marks_of(session, first) == set()


def test_a_reading_the_person_gave_is_theirs_and_one_that_was_left_alone_is_asked_about(engine):
    first, _ = add_pair(engine)
    change(engine, first, {"service.name": "緑体操", "service.name_kana": "みどりたいそう"})
    with read_session(engine) as session:
        assert values_of(session, first)["service.name_kana"] == "みどりたいそう"
        assert marks_of(session, first) == {"service.name_kana"}
    change(engine, first, {"service.name": "翠体操", "service.name_kana": "すいたいそう"})
    with read_session(engine) as session:
        assert marks_of(session, first) == set()


def test_a_stale_form_writes_nothing_and_says_the_version(engine):
    first, second = add_pair(engine)
    change(engine, second, {"service.summary": "先の人"}, version=version(engine, second))
    before = everything(engine)
    with pytest.raises(Stale) as told:
        change(engine, first, {"service.summary": "後の人"}, version=1)
    assert told.value.version == version(engine, first) == 2
    assert everything(engine) == before


def test_a_new_listing_stands_on_what_was_chosen_or_on_records_of_its_own(engine):
    first, _ = add_pair(engine)
    linked = said(engine, first)
    with acting(engine, by=SC, kind="create", why="電話で", now=NOW) as act:
        own = act.create({"service.name": "新しい会", "service.kind": "salon", "schedules": ["第2火曜 10時～"]})
        same = act.create({
            "service.name": "別の会", "service.kind": "salon", "organization.name": "取りちがえ",
            "service.organization_id": linked["service.organization_id"],
            "listing.location_id": linked["listing.location_id"], "location.name": "取りちがえ"}, status="published")
    assert said(engine, own)["organization.name"] == "新しい会"
    assert said(engine, own)["service.name_kana"] == "あたらしいかい"
    assert said(engine, same)["organization.name"] == linked["organization.name"]
    assert said(engine, first) == linked
    with read_session(engine) as session:
        assert [session.get(ServiceAtLocation, one).status for one in (own, same)] == ["review", "published"]


@pytest.mark.parametrize("values", [{"service.name": "名前だけ"}, {"service.kind": "salon"}, {"listing.service_id": "nobody"}])
def test_a_new_listing_without_what_it_needs_is_refused(engine, values):
    with pytest.raises(InvalidRecord), acting(engine, by=SC, kind="create", why="", now=NOW) as act:
        act.create(values)


@pytest.mark.parametrize(("listing", "values", "error"), [
    ("nobody", {"listing.phone": "1"}, NotFound), (None, {"listing.version": 9}, InvalidRecord),
    (None, {"service.organization_id": "nobody"}, InvalidRecord),
    (None, {"schedules": [{"phrase": "毎週月曜", "location_id": "nowhere"}]}, InvalidRecord),
])
def test_what_cannot_be_written_leaves_everything_as_it_was(engine, listing, values, error):
    first, _ = add_pair(engine)
    before = everything(engine)
    with pytest.raises(error):
        change(engine, listing or first, {"listing.email": "a@example.jp"} | values)
    assert everything(engine) == before


def test_four_people_editing_at_once_lose_nothing(both):
    first, second = add_pair(both)

    def edit(number: int) -> None:
        for round_ in range(2):
            target = (first, second)[(number + round_) % 2]
            while True:
                with read_session(both) as session:
                    values, seen = values_of(session, target), session.get(ServiceAtLocation, target).version
                try:
                    longer = [*values["service.languages"], f"{number}-{round_}"]
                    change(both, target, {"service.languages": longer}, version=seen)
                    break
                except Stale:
                    continue

    threads = [Thread(target=edit, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said(both, first)["service.languages"]) == sorted(f"{a}-{b}" for a in range(4) for b in range(2))
