"""Does the page keep to the time that was asked for, and say it plainly?"""

from datetime import date

import pytest

from tests.directory.search.town import names, place


@pytest.mark.parametrize(("asked", "shown"), [
    ({"q": "明日"}, date(2026, 11, 25)), ({"day": "thu"}, date(2026, 11, 26)), ({"date": "2026-12-02"}, date(2026, 12, 2)),
    ({"time": "night"}, date(2026, 11, 28)), ({"q": "第2土曜"}, date(2026, 12, 12)), ({}, date(2026, 11, 24)),
    ({"day": "thu", "from_": "10:00", "until": "12:00", "when": "next_month"}, date(2026, 12, 3)),
])
def test_the_next_date_on_a_card_is_one_that_was_asked_for(engine, find, asked, shown):
    place(engine, "毎日の会", "月～金 10時～12時、土 19時～21時")
    assert find(**asked).hits[0].next.date == shown


@pytest.mark.parametrize("q", ["第4火曜", "第四火曜日", "第4週の火曜", "第2・4火曜"])
def test_the_fourth_tuesday_is_not_any_tuesday(engine, find, q):
    place(engine, "毎週の会", "毎週火曜日 10時～12時")
    place(engine, "第4の会", "第4火曜 10時～12時")
    place(engine, "第1・3の会", "第1・3火曜 10時～12時")
    page = find(q)
    assert names(page) == {"毎週の会", "第4の会"}
    assert [chip.label for chip in page.chips] == ["第2・4火曜" if "2" in q else "第4火曜"]
    assert page.chips[0].without == 3 and page.chips[0].query.q == ""
    assert {option.value: option.count for facet in page.facets if facet.parameter == "day"
            for option in facet.options if not option.selected}["tue"] == 3


@pytest.mark.parametrize(("asked", "heading"), [
    ({"q": "水曜 午前 佐伯 体操"}, "佐伯で水曜の午前に開いている、「体操」に合う場所"),
    ({"area": "佐伯", "day": "wed", "time": "morning"}, "佐伯で水曜の午前に開いている場所"),
    ({"area": ["佐伯", "大野"], "q": "体操"}, "佐伯・大野の、「体操」に合う場所"),
    ({"area": "佐伯"}, "佐伯の場所"),
    ({"q": "体操", "day": ["wed", "thu"]}, "水曜・木曜に開いている、「体操」に合う場所"),
    ({"when": "today"}, "今日開いている場所"),
    ({"when": "now", "area": "大野"}, "大野でいま開いている場所"),
    ({"when": "this_week", "day": "sat", "time": "night"}, "今週の土曜の夜に開いている場所"),
    ({"q": "第2・4火曜"}, "第2火曜・第4火曜に開いている場所"),
    ({"date": "2026-11-25"}, "11月25日（水）に開いている場所"),
    ({"day": "wed", "from_": "10:00", "until": "12:00"}, "水曜の10:00から12:00まで開いている場所"),
    ({"q": "ひとりぼっちでさみしい"}, "「ひとりぼっちでさみしい」に合う場所"),
    ({"q": "体操", "cost": "free", "pickup": "service"}, "「体操」に合う場所（無料・送迎あり）"),
    ({"day": "unknown", "cost": "free"}, "条件に合う場所（日時が要確認・無料）"),
    ({"day": "wed", "cost": "free"}, "水曜に開いている場所（無料）"),
    ({"cost": "free", "at": "34.3,132.3"}, "条件に合う場所（無料）"),
    ({}, "すべての場所"),
])
def test_the_heading_says_the_search_in_one_plain_line(engine, find, asked, heading):
    assert find(**asked).heading == heading
