"""Does somebody's own calendar show exactly the dates of our rules, and everything one must know before going?"""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.exporters.icalendar import listing_calendar, listings_calendar
from directory.exporters.moments import begin, end
from directory.schedules import from_dates, occurrences
from tests.directory.exporters.conftest import STAMP, TODAY

YEAR = timedelta(days=365)
URL = "https://example.jp/listings/1"
PROPERTIES = {
    "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "STATUS", "TRANSP",
    "LAST-MODIFIED", "SEQUENCE",
}


def written(listing, city, today=TODAY, stamp=STAMP):
    return listing_calendar(listing, url=URL, today=today, stamp=stamp, city=city)


def read(data):
    return icalendar.Calendar.from_ical(data)


def events(listing, city, **values):
    return list(read(written(listing, city, **values)).walk("VEVENT"))


def shown_of_each(data, first=TODAY, last=TODAY + YEAR):
    """Listing id → (start, end, status) of all that a calendar program shows of it and that begins on these days."""
    found = defaultdict(list)
    for event in recurring_ical_events.of(read(data)).between(first, last + timedelta(days=1)):
        start, stop, status = event["DTSTART"].dt, event.end, str(event["STATUS"])
        if str(start) >= str(first):
            found[event["UID"][:36]].append((str(start), str(stop), status))
    return {listing_id: sorted(rows) for listing_id, rows in found.items()}


def shown(data, first=TODAY, last=TODAY + YEAR):
    """The same of the only listing of a file."""
    found = shown_of_each(data, first, last)
    return next(iter(found.values())) if found else []


def expected(listing, first=TODAY, last=TODAY + YEAR):
    return sorted(
        (str(begin(row)), str(_end(row)), "CANCELLED" if row.cancelled else "CONFIRMED" if row.certain else "TENTATIVE")
        for meeting in listing.meetings for row in occurrences(meeting.schedule, first, last, listing.closures)
    )


def _end(row):
    return end(row) or (row.date + timedelta(days=1) if row.start is None else begin(row))


# The dates


def test_every_listing_of_the_sample_city_shows_the_dates_and_times_of_our_rules_for_a_year(sample_listings, city):
    data = listings_calendar(
        sample_listings, name="見本の町", url=URL, url_of=str, today=TODAY, stamp=STAMP, city=city
    )
    dates = shown_of_each(data)
    different = [one.source_key for one in sample_listings if dates.get(one.id, []) != expected(one)]
    assert different == [] and len(dates) > 300


def test_the_calendar_of_one_listing_is_its_part_of_the_calendar_of_many(sample_listings, city):
    for one in sample_listings[:40]:
        assert shown(written(one, city)) == expected(one)


@pytest.mark.parametrize("phrase", [
    "毎週水曜 10時～12時", "第2・4火曜 13:30～15:00", "最終金曜 18時～", "奇数月の第2水曜 10時～11時", "毎月5のつく日 9時～12時",
    "月末 10時～11時", "平日 9時～17時", "土日祝 10時～16時", "毎日 8時～9時", "4～10月の月曜 7時～8時", "24時間",
    "第3火曜とその直後の木曜 10時～12時", "第1月曜（祝日の場合は翌日） 10時～12時", "毎週月曜（祝日の場合は翌週） 10時～12時",
    "毎週月曜 10時～12時（祝日は休み）", "毎週水曜 10時～12時（8月は休み）", "毎週金曜 22時～翌2時", "毎週土曜", "毎週土曜 午後",
    "第1・3日曜 10時～12時（雨天中止）", "2028年4月20日～5月31日の平日 9時～12時", "毎年8月13日～15日 9時～12時", "祝日 10時～12時", "第5土曜 10時～12時",
])
@pytest.mark.parametrize("today", [date(2027, 5, 31), date(2028, 2, 29)])
def test_each_form_of_rule_gives_the_same_dates(listing, city, phrase, today):
    one = listing(phrase)
    until = today + YEAR
    assert shown(written(one, city, today=today), today, until) == expected(one, today, until) != []


def test_dates_typed_for_a_term_stand_as_they_are(listing, city):
    typed = from_dates([(date(2026, 12, 3), time(10), time(11), ""), (date(2027, 1, 14), None, None, "新年会")])
    one = listing(typed)
    assert shown(written(one, city)) == expected(one)
    assert "新年会" in events(one, city)[1]["DESCRIPTION"]


def test_the_file_reaches_from_this_month_to_the_end_of_the_horizon(listing, city):
    starts = [row[0][:10] for row in shown(written(listing("毎日 9時～10時"), city), date(2026, 1, 1), date(2029, 1, 1))]
    assert (starts[0], starts[-1]) == ("2026-11-01", "2028-04-30")


# How the rules are written


def rule(listing, city):
    return [event["RRULE"].to_ical().decode() for event in events(listing, city) if "RRULE" in event]


@pytest.mark.parametrize(("phrase", "rules"), [
    ("毎週火曜 10時～12時（祝日も開催）", ["FREQ=WEEKLY;UNTIL=20280425T010000Z;BYDAY=TU"]),
    ("第2・4火曜 10時～12時（祝日も開催）",
     ["FREQ=MONTHLY;UNTIL=20280411T010000Z;BYDAY=2TU", "FREQ=MONTHLY;UNTIL=20280425T010000Z;BYDAY=4TU"]),
    ("奇数月の第2火曜 10時～12時（祝日も開催）", ["FREQ=MONTHLY;UNTIL=20280314T010000Z;INTERVAL=2;BYDAY=2TU"]),
    ("4～10月の火曜（祝日も開催）", ["FREQ=WEEKLY;UNTIL=20280425;BYDAY=TU;BYMONTH=4,5,6,7,8,9,10"]),
    ("毎月15日 10時～12時（祝日も開催）", ["FREQ=MONTHLY;UNTIL=20280415T010000Z;BYMONTHDAY=15"]),
])
def test_a_rule_is_written_as_every_calendar_program_reads_it(listing, city, phrase, rules):
    assert rule(listing(phrase), city) == rules


def test_a_holiday_moved_to_the_next_day_is_an_exdate_and_an_rdate(listing, city):
    event, = events(listing("第3月曜 10時～12時（祝日の場合は翌日）"), city)
    out, into = (sorted(value.dt.date() for value in event[key].dts) for key in ("EXDATE", "RDATE"))
    assert date(2027, 7, 19) in out and date(2027, 7, 20) in into
    assert len(out) == len(into) and "7月20日は7月19日の振替" in event["DESCRIPTION"]
    assert max(into) <= event["RRULE"]["UNTIL"][0].date()


def test_closed_holidays_are_exdates(listing, city):
    event, = events(listing("毎週月曜 10時～12時（祝日は休み）"), city)
    assert date(2027, 1, 11) in [value.dt.date() for value in event["EXDATE"].dts]


def test_a_holiday_nobody_asked_about_is_tentative_and_says_to_call(listing, city):
    regular, *doubtful = events(listing("毎週月曜 10時～12時"), city)
    assert regular["STATUS"] == "CONFIRMED" and regular["SUMMARY"] == "みどり町サロン"
    assert {event["STATUS"] for event in doubtful} == {"TENTATIVE"}
    assert {event["UID"] for event in doubtful} == {regular["UID"]}
    assert all(event["RECURRENCE-ID"].dt == event["DTSTART"].dt for event in doubtful)
    assert doubtful[0]["SUMMARY"] == "【予定】みどり町サロン"
    assert "祝日・要確認" in doubtful[0]["DESCRIPTION"] and "お出かけ前にお電話を" in doubtful[0]["DESCRIPTION"]


def test_an_exception_no_rule_can_date_makes_every_date_tentative(listing, city):
    found = events(listing("毎週水曜 10時～12時（雨天中止）"), city)
    assert {event["STATUS"] for event in found} == {"TENTATIVE"}
    assert all("雨天中止" in event["DESCRIPTION"] for event in found)
    assert all("お出かけ前にお電話を" in event["DESCRIPTION"] for event in found)


def test_a_day_called_off_is_cancelled_with_its_reason(listing, city):
    one = listing("毎週水曜 10時～12時", closures={date(2026, 12, 2): "世話人の都合"})
    off = [event for event in events(one, city) if event["STATUS"] == "CANCELLED"]
    assert [event["RECURRENCE-ID"].dt.date() for event in off] == [date(2026, 12, 2)]
    assert off[0]["SUMMARY"].startswith("【中止】") and off[0]["DESCRIPTION"].startswith("世話人の都合")
    assert "お電話を" not in off[0]["DESCRIPTION"]


def test_a_session_past_midnight_ends_on_the_next_day(listing, city):
    first = events(listing("毎週金曜 22時～翌2時"), city)[0]
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(hours=4)


def test_a_day_without_times_is_a_whole_day_and_an_open_end_stays_open(listing, city):
    whole, half = events(listing("毎週土曜"), city)[0], events(listing("毎週土曜 10時～"), city)[0]
    assert whole["DTSTART"].dt == date(2026, 11, 7) and whole["DTEND"].dt == date(2026, 11, 8)
    assert "時刻は未確認です。" in whole["DESCRIPTION"]
    assert "DTEND" not in half and "終わりの時刻は未確認です。" in half["DESCRIPTION"]


# What the file says beside the dates


def test_uids_stay_the_same_on_other_days_and_differ_within_a_file(listing, city):
    one = listing("第2・4火曜 10時～12時、14時～15時", "毎週月曜")
    now, later = (
        {event["UID"] for event in events(one, city, today=day, stamp=STAMP + (day - TODAY))}
        for day in (TODAY, date(2027, 1, 5))
    )
    assert now == later and len(now) == 5
    assert all(uid.startswith(one.id) and uid.endswith("@342131.yoridokoro") for uid in now)


def test_within_a_month_only_the_stamp_changes(listing, city):
    one = listing("毎週火曜 10時～12時")
    assert written(one, city, today=TODAY) == written(one, city, today=date(2026, 11, 30))
    other = written(one, city, stamp=STAMP + timedelta(hours=1))
    changed = set(other.splitlines()) ^ set(written(one, city).splitlines())
    assert {line.split(b":")[0] for line in changed} == {b"DTSTAMP"}


def test_an_edit_raises_the_sequence(listing, city):
    one = listing("毎週水曜 10時～12時")
    edited = replace(one, last_modified=one.last_modified + timedelta(minutes=5))
    before, after = events(one, city)[0], events(edited, city)[0]
    assert after["SEQUENCE"] > before["SEQUENCE"] > 0
    assert before["LAST-MODIFIED"].dt == datetime(2026, 10, 1, 0, 0, tzinfo=UTC)


def test_the_file_has_japans_time_zone_short_lines_and_crlf(listing, city):
    data = written(listing("毎週水曜 10時～12時", summary="とても長い説明。" * 30), city)
    assert data.count(b"BEGIN:VTIMEZONE") == 1 and b"TZOFFSETTO:+0900" in data
    assert b"DTSTART;TZID=Asia/Tokyo:20261104T100000\r\n" in data
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75 and not any(b"\n" in line or b"\r" in line for line in lines)


@pytest.mark.parametrize(("listing_values", "where", "has_point"), [
    ({}, "みどり町集会所、広島県廿日市市みどり町", True),
    ({"precision": "town"}, "みどり町集会所、広島県廿日市市みどり町", False),
    ({"latitude": None, "longitude": None}, "みどり町集会所、広島県廿日市市みどり町", False),
    ({"masked": True}, "場所は申しこみのときに", False),
    ({"has_place": False, "service_area": "市内"}, None, False),
])
def test_the_place_is_as_exact_as_it_is_public(listing, city, listing_values, where, has_point):
    event = events(listing("毎週水曜 10時～12時", **listing_values), city)[0]
    assert (event.get("LOCATION"), "GEO" in event) == (where, has_point)


def test_the_hall_of_the_day_stands_instead_of_the_usual_place(listing, city):
    event = events(listing("毎週水曜 10時～12時", place="上町会館"), city)[0]
    assert event["LOCATION"] == "上町会館" and "GEO" not in event


def test_no_masked_place_of_the_sample_city_is_given_away(sample_listings, city):
    masked = [listing for listing in sample_listings if listing.masked]
    assert masked
    for listing in masked:
        given = replace(listing, place_name="ひみつの家", town="ひみつ町", latitude=34.1, longitude=132.1)
        assert written(given, city) == written(listing, city)


def test_whom_to_telephone_is_said(listing, city):
    own = events(listing("毎週水曜", contact_public=True, phone="0829-00-1111", phone_hours="平日"), city)[0]
    hidden = events(listing("毎週水曜", contact_public=False), city)[0]
    assert "電話 0829-00-1111（平日）" in own["DESCRIPTION"]
    assert city.consultation.phone in hidden["DESCRIPTION"]


@pytest.mark.parametrize(("phrase", "values"), [
    ("不定期", {}), ("要問合せ", {}), ("第2か第3の水曜", {}), ("毎週水曜", {"status": "closed"}), ("2020年4月1日", {}),
])
def test_a_calendar_without_dates_is_valid_and_says_so(listing, city, phrase, values):
    calendar = read(written(listing(phrase, **values), city))
    assert not calendar.walk("VEVENT") and calendar.walk("VTIMEZONE")
    assert "予定はありません" in calendar["X-WR-CALNAME"] and city.consultation.phone in calendar["X-WR-CALDESC"]


def test_a_search_is_one_calendar_that_refreshes_daily(listing, city):
    both = [listing("毎週水曜"), listing("毎週木曜", id="other", name="さくら会")]
    calendar = read(listings_calendar(
        both, name="水曜・体操", url=URL, url_of=lambda one: f"{URL}/{one}", today=TODAY, stamp=STAMP, city=city,
    ))
    assert {event["URL"] for event in calendar.walk("VEVENT")} == {f"{URL}/{one.id}" for one in both}
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "水曜・体操"
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"P1D" and calendar["X-PUBLISHED-TTL"].to_ical() == b"P1D"


@pytest.mark.parametrize("phrases", [(), ("不定期", "要問合せ")])
def test_a_search_without_dates_is_an_empty_calendar_that_names_the_desk(listing, city, phrases):
    found = [listing(phrase, contact_public=True, phone="0823-12-3456") for phrase in phrases]
    calendar = read(listings_calendar(found, name="体操", url=URL, url_of=str, today=TODAY, stamp=STAMP, city=city))
    assert "予定はありません" in calendar["X-WR-CALNAME"]
    assert city.consultation.phone in calendar["X-WR-CALDESC"] and "0823" not in calendar["X-WR-CALDESC"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(name=st.text(), words=st.text())
def test_no_words_of_a_listing_break_the_file(listing, city, name, words):
    one = listing("2026年12月2日 10時～12時", name=name, summary=words, place_name=words, closures={date(2026, 12, 2): words})
    event, = read(written(one, city)).walk("VEVENT")
    assert [part.name for part in read(written(one, city)).walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT"]
    assert set(event) <= PROPERTIES
