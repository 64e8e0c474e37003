"""May a search engine repeat what the page tells it? Only facts somebody knows, and nothing that ends the script."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.exporters.jsonld import listing_facts, script_text
from directory.exporters.opening_hours import opening_hours
from directory.listing import AttributeValue, Fee
from directory.schedules import occurrences
from directory.vocabulary import load_vocabulary
from tests.directory.exporters.conftest import DATA, TODAY

URL = "https://example.jp/listings/1"
SHOP = {"kind": "familiar_shop"}
CLEAR = "毎週水曜 10時～12時（祝日も開催）"


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary(Path(DATA) / "vocabulary")


def graph(listing, vocabulary, today=TODAY):
    return listing_facts(listing, url=URL, today=today, vocabulary=vocabulary)["@graph"]


@pytest.mark.parametrize(("kind", "values", "type_"), [
    ("salon", {}, "Service"), ("familiar_shop", {}, "LocalBusiness"), ("public_facility", {}, "CivicStructure"),
    ("public_facility", {"has_place": False}, "Service"), ("no_such_kind", {}, "Service"),
])
def test_a_kind_is_a_house_or_a_service(listing, vocabulary, kind, values, type_):
    assert graph(listing(CLEAR, kind=kind, **values), vocabulary)[0]["@type"] == type_


def test_the_next_certain_date_is_an_event(listing, vocabulary):
    _, event = graph(listing(CLEAR, fees_state="none"), vocabulary)
    assert (event["startDate"], event["endDate"]) == ("2026-11-25T10:00:00+09:00", "2026-11-25T12:00:00+09:00")
    assert event["eventStatus"].endswith("EventScheduled") and event["isAccessibleForFree"] is True
    assert event["location"]["address"]["streetAddress"] == "みどり町"


def test_a_date_called_off_is_told_and_the_next_one_too(listing, vocabulary):
    _, off, on = graph(listing(CLEAR, closures={date(2026, 11, 25): "台風"}), vocabulary)
    assert off["eventStatus"].endswith("EventCancelled") and off["startDate"].startswith("2026-11-25")
    assert on["eventStatus"].endswith("EventScheduled") and on["startDate"].startswith("2026-12-02")


@pytest.mark.parametrize("phrase", ["毎週水曜 10時～12時（雨天中止）", "不定期", "要問合せ", "2020年4月1日"])
def test_what_is_not_certain_is_no_event_and_has_no_hours(listing, vocabulary, phrase):
    service, = graph(listing(phrase), vocabulary)
    assert "hoursAvailable" not in service


def test_what_is_unknown_is_left_out(listing, vocabulary):
    text = json.dumps(graph(listing(CLEAR), vocabulary))
    for word in ("isAccessibleForFree", "offers", "audience", "telephone", "amenityFeature", "null"):
        assert word not in text


@pytest.mark.parametrize(("state", "fees", "free", "prices"), [
    ("none", (), True, [0]), ("unknown", (), None, None), ("stated", (Fee("毎回", None),), None, None),
    ("stated", (Fee("毎回", 0),), True, [0]), ("stated", (Fee("毎回", 100), Fee("材料", None)), False, [100]),
])
def test_a_fee_is_told_only_where_the_sum_is_known(listing, vocabulary, state, fees, free, prices):
    _, event = graph(listing(CLEAR, fees_state=state, fees=fees), vocabulary)
    offers = event.get("offers")
    assert event.get("isAccessibleForFree") is free
    assert (offers and [offer["price"] for offer in offers]) == prices


def test_ages_and_gender_are_told_only_where_they_are_stated(listing, vocabulary):
    ages = {"minimum_age": 65.0, "gender_only": "女性"}
    stated = graph(listing(CLEAR, age_state="stated", gender_state="stated", **ages), vocabulary)[0]["audience"]
    assert (stated["suggestedMinAge"], stated["suggestedGender"]) == (65.0, "female")
    assert "audience" not in graph(listing(CLEAR, **ages), vocabulary)[0]


def test_the_building_says_yes_no_and_nothing(listing, vocabulary):
    known = (AttributeValue("wheelchair", "yes"), AttributeValue("parking", "no"), AttributeValue("chairs", "unknown"))
    place = graph(listing(CLEAR, attributes=known), vocabulary)[1]["location"]
    assert [feature["value"] for feature in place["amenityFeature"]] == [True, False]


@pytest.mark.parametrize(("values", "number"), [
    ({"contact_public": True, "phone": "0823-12-3456"}, "0823-12-3456"),
    ({"contact_public": True, "phone": "0829-00-1234"}, None), ({"phone": "0823-12-3456"}, None),
])
def test_only_a_public_number_that_can_be_dialled_is_told(listing, vocabulary, values, number):
    assert graph(listing(CLEAR, **SHOP, **values), vocabulary)[0].get("telephone") == number


def test_a_private_person_is_not_an_organization(listing, vocabulary):
    service, event = graph(listing(CLEAR, organization_kind="個人"), vocabulary)
    assert "provider" not in service and "organizer" not in event


def test_the_hall_of_the_day_stands_instead_of_the_usual_place(listing, vocabulary):
    event = graph(listing(CLEAR, place="上町会館"), vocabulary)[1]
    assert event["location"]["name"] == "上町会館" and "streetAddress" not in event["location"]["address"]


def test_a_closed_place_is_not_told(listing, vocabulary):
    assert listing_facts(listing(CLEAR, status="closed"), url=URL, today=TODAY, vocabulary=vocabulary) is None


def test_no_masked_place_of_the_sample_city_is_given_away(sample_listings, vocabulary):
    masked = [listing for listing in sample_listings if listing.masked]
    assert masked
    for listing in masked:
        given = replace(listing, place_name="ひみつの家", town="ひみつ町", latitude=34.1, longitude=132.1, precision="building")
        assert graph(given, vocabulary) == graph(listing, vocabulary)
        assert "geo" not in json.dumps(graph(listing, vocabulary))


def test_weekly_hours_are_told_until_the_first_doubtful_day(listing):
    hours = opening_hours(listing("毎週月・水曜 10時～17時（祝日は休み）"), TODAY)
    asked = opening_hours(listing("毎週月・水曜 10時～17時"), TODAY)
    assert hours.usual[0]["dayOfWeek"] == ["Monday", "Wednesday"]
    assert [spec["validFrom"] for spec in hours.special] == ["2027-01-11"]
    # 2027年1月11日 is 成人の日, about which the second phrase is silent
    assert asked.usual[0]["validThrough"] == "2027-01-10" and not asked.special


def test_midnight_ends_the_day(listing):
    assert opening_hours(listing("24時間"), TODAY).usual[0]["closes"] == "23:59"


@pytest.mark.parametrize("phrase", ["第2火曜 10時～12時（祝日も開催）", "毎週水曜", "毎週水曜 10時～", "不定期"])
def test_no_hours_are_told_where_no_week_is_usual_or_a_time_is_missing(listing, phrase):
    assert opening_hours(listing(phrase), TODAY).usual == ()


def test_hours_of_the_sample_city_are_those_of_its_rules(sample_listings):
    told = 0
    for listing in sample_listings:
        hours = opening_hours(listing, TODAY)
        for day in _days(hours.usual):
            rows = [row for meeting in listing.meetings
                    for row in occurrences(meeting.schedule, day, day, listing.closures) if not row.cancelled]
            ends = {row.end: f"{row.end:%H:%M}" for row in rows} | {time(0): "23:59"}
            assert _sessions(hours, day) == {(f"{row.start:%H:%M}", ends[row.end]) for row in rows}
            told += 1
    assert told > 1000


def _days(usual):
    if not usual:
        return []
    first, last = (date.fromisoformat(usual[0][key]) for key in ("validFrom", "validThrough"))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _sessions(hours, day):
    """What a reader of schema.org understands of this day: the special hours, or else the usual ones."""
    special = [spec for spec in hours.special if spec["validFrom"] == day.isoformat()]
    usual = [spec for spec in hours.usual if f"{day:%A}" in spec["dayOfWeek"]]
    found = {(spec["opens"], spec["closes"]) for spec in special or usual}
    return found - {("00:00", "00:00")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(words=st.text() | st.sampled_from(["</script><script>alert(1)</script>", "<!--", "]]>", "&lt;", "\u2028"]))
def test_no_words_of_a_listing_end_the_script(listing, vocabulary, words):
    facts = listing_facts(listing(CLEAR, name=words, summary=words), url=URL, today=TODAY, vocabulary=vocabulary)
    text = script_text(facts)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == facts


def test_every_listing_of_the_sample_city_can_be_told(sample_listings, vocabulary):
    for listing in sample_listings:
        place, *events = graph(listing, vocabulary)
        assert place["name"] == listing.name
        assert all(datetime.fromisoformat(event["startDate"]) for event in events)
