"""Does each cleaner take the dirt off, only the dirt, and doubt aloud what it is not sure of?"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.importers.cleaning.ages import ages
from directory.importers.cleaning.codes import corporate_number, municipality_code, postal_code
from directory.importers.cleaning.coordinates import coordinates
from directory.importers.cleaning.fees import fees
from directory.importers.cleaning.phones import phone
from directory.importers.cleaning.schedule_phrase import schedule_phrase
from directory.importers.cleaning.text import kana, line, verbatim, words
from directory.importers.cleaning.times import clock, day
from directory.importers.cleaning.web import email, url
from directory.importers.facts import other_facts
from directory.importers.parts.organization import normalised_name, organization_kind
from directory.importers.parts.practice import yes_or_no


@pytest.mark.parametrize(
    "cell", ["特になし", "特になし。", "特にありません。", "なし", "無し", "-", "－", "―", "ー", "‐", "−", "─", "", None, "　", "N/A"]
)
def test_what_says_nothing_is_null(cell):
    assert words(cell) is None


@pytest.mark.parametrize(("cell", "clean"), [
    ("　湯沢　　ケアハウス　", "湯沢 ケアハウス"), ("一行（改行）二行", "一行\n二行"), ("a\r\nb\n\n c", "a\nb\nc"), (10947.0, "10947"),
    (34.5, "34.5"), ({"time": "09:00"}, "9時"), ({"date": "2026-08-22"}, "2026年8月22日"), ({"minutes": 1500}, "25時"),
    ("なしの木サロン", "なしの木サロン"), ("a\x00b\ud800c\ufeff", "abc"), (True, "あり"), ("行末_x000D_", "行末"),
])
def test_words_are_kept_without_the_dirt(cell, clean):
    assert words(cell) == clean


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    for cleaner in (verbatim, words, line, kana):
        once = cleaner(text)
        assert cleaner(once) == once


@given(st.text(alphabet="0123456789-ー－(（)）〒 .０１２３北緯度分秒時半午後円無料歳以上～~:：年月日RSHTM令和平成元木月火/httpswww.jp@あ", max_size=30))
def test_no_cleaner_ever_raises_and_each_is_stable(text):
    for cleaner in (phone, url, email, municipality_code, corporate_number):
        value, _ = cleaner(text)
        assert value is None or cleaner(value)[0] == value
    fees(text), ages(text), clock(text), day(text), coordinates(text, text), postal_code(text), yes_or_no(text)
    schedule_phrase({"days": text, "start_time": text, "end_time": text, "schedule_note": text})


@pytest.mark.parametrize(("cell", "prefecture", "code"), [
    ("342131", None, "342131"), ("34213", None, "342131"), (34213.0, "広島県", "342131"), ("11029", "北海道", "011029"),
    ("11029", "埼玉県", "110299"), ("11029", None, None), ("1102", None, "011029"), ("342132", None, None),
    ("３４２１３１", None, "342131"),
])
def test_a_municipality_code_is_restored_only_when_one_reading_fits(cell, prefecture, code):
    found, doubt = municipality_code(cell, prefecture)
    assert found == code
    assert (doubt is None) == (code is not None)


def test_a_corporate_number_is_checked_by_its_first_digit():
    assert corporate_number("５０８０００１０１８３９２") == ("5080001018392", None)
    assert corporate_number(5080001018392.0) == ("5080001018392", None)
    assert corporate_number("5080001018393")[0] is None
    assert "検査数字" in corporate_number("5080001018393")[1].problem


@pytest.mark.parametrize(("cell", "number", "doubted"), [
    ("(054)624-3668", "054-624-3668", False), ("０８２９（３０）９１２３", "0829-30-9123", False),
    ("0829ー30ー9123", "0829-30-9123", False),
    ("0118686015", "0118686015", False), ("072-8325060", "072-8325060", False), (829301234.0, "0829301234", True),
    ("73-2471", "73-2471", True), ("+81-829-30-1234", "0829-30-1234", False),
    ("+44 1234 234567", "+44 1234 234567", False),
    ("会長宅", None, True), ("特になし", None, False), ("0829-30-1234（内線12）", "0829-30-1234", False),
])
def test_a_telephone_number_is_read_or_doubted(cell, number, doubted):
    found, doubt = phone(cell)
    assert (found, doubt is not None) == (number, doubted)


@pytest.mark.parametrize(("cell", "address"), [
    ("www.example.jp/a", "http://www.example.jp/a"), ("http//www.example.jp", "http://www.example.jp"),
    ("ttps://example.jp", "https://example.jp"), ("ｈｔｔｐ：//example.jp", "http://example.jp"), ("http://", None),
    ("http://www10.example.jp/‾souen/", "http://www10.example.jp/~souen/"), ("javascript:alert(1)", None),
    ("mail@example.jp", None),
    ("公式サイト\nhttps://example.jp/a", "https://example.jp/a"), ("ftp://example.jp", None),
])
def test_a_web_address_gets_its_scheme_or_is_no_address(cell, address):
    assert url(cell)[0] == address


@pytest.mark.parametrize(("pair", "point"), [
    (("34.3704", "132.1758"), (34.3704, 132.1758, "building")),
    (("132.1758", "34.3704"), (34.3704, 132.1758, "building")),
    (("34.37", "132.17"), (34.37, 132.17, "town")), (("0.000", "0.000"), None), (("53.4", "-8.2"), None),
    (("36.204824000", "138.252924000"), None), (("北緯34度21分10秒", "東経132度3分5.5秒"), (34.352778, 132.051528, "town")),
    (("", ""), None),
    ((34.3704, 132.1758), (34.3704, 132.1758, "building")), (("あ", "132"), None),
])
def test_a_point_lies_in_japan_or_is_dropped(pair, point):
    found, doubt = coordinates(*pair)
    assert found == point
    assert doubt is None or doubt.problem and doubt.advice


@pytest.mark.parametrize(("cell", "state", "sums"), [
    ("無料", "none", []), ("0円", "none", []), ("実費", "stated", [None]), ("-", "unknown", []), ("", "unknown", []),
    ("100円", "stated", [100]), ("一般300円、大学生150円、高校生以下無料", "stated", [300, 150, 0]),
    ("一般3,000円、学生(24歳まで)1,000円", "stated", [3000, 1000]), ("受講料\n500円\n材料費\n2,000円", "stated", [500, 2000]),
    ("1,000円\n（学生は半額500円）", "stated", [1000]), ("席種により異なります", "stated", [None]), ("£50 per hour", "stated", [None]),
    ("無料ですが駐車場は300円かかります。ほかに実費をいただくことがあります。くわしくは窓口でおたずねください。ご予約の方が優先です。", "stated", [None]),
])
def test_a_fee_is_a_sum_only_when_it_says_so(cell, state, sums):
    found, rows = fees(cell)
    assert (found, [row.yen for row in rows]) == (state, sums)
    assert all(row.note for row in rows if row.yen is None)


@pytest.mark.parametrize(("cell", "state", "lowest", "highest"), [
    ("0歳から", "stated", "0.00", None), ("65歳以上", "stated", "65.00", None), ("おおむね60歳以上の方", "stated", "60.00", None),
    ("18歳未満", "stated", None, "17.00"), ("0～3歳", "stated", "0.00", "3.00"), ("どなたでも", "none", None, None),
    ("産休あけ", "stated", None, None), (None, "unknown", None, None), ("生後6か月から", "stated", "0.50", None),
])
def test_ages_are_numbers_only_when_written_so(cell, state, lowest, highest):
    assert ages(cell) == (state, lowest and Decimal(lowest), highest and Decimal(highest))


@pytest.mark.parametrize(("text", "written"), [
    ("S47.11. 1", date(1972, 11, 1)), ("令和元年5月1日", date(2019, 5, 1)), ("39431", date(2007, 12, 15)),
    ("2026/8/2", date(2026, 8, 2)),
    ("20260822", date(2026, 8, 22)), ("H15. 1", None), ("2026/2/30", None), ("12345678", None),
])
def test_a_day_is_read_whole_or_not_at_all(text, written):
    assert day(text) == written


@pytest.mark.parametrize(("cells", "phrase"), [
    ({"days": "月火水木金", "start_time": "09:00", "end_time": "14:30"}, "月・火・水・木・金 9時～14時30分"),
    ({"days": "月火水木金", "start_time": {"time": "09:00"}, "end_time": {"time": "14:30"}, "schedule_note": "水曜日は午後2時まで"},
     "月・火・水・木・金 9時～14時30分（水曜日は午後2時まで）"),
    ({"days": "平日,土曜日"}, "平日・土曜日"), ({"schedule_note": "【開館時間】9:00～17:00"}, "【開館時間】9:00～17:00"),
    ({"frequency": "毎月", "days": "第2金曜日", "start_time": "17:00"}, "毎月 第2金曜日 17時～"),
    ({"start_date": "2026-12-05", "end_date": "2026-12-05", "start_time": "13:30", "end_time": "-"},
     "2026年12月5日 13時30分～"),
    ({"schedule": "8月5日（水）～8月16日（日）\n※10日以外", "start_time": {"time": "09:00"}, "end_time": "22：00\n※休日は17：00まで"},
     "8月5日（水）～8月16日（日） ※10日以外 9時～22：00 ※休日は17：00まで"),
    ({"schedule": "毎週水曜", "closed": "祝日"}, "毎週水曜 【休館日】祝日"), ({"days": "特になし"}, None), ({}, None),
])
def test_the_columns_of_a_schedule_become_one_phrase_in_its_own_words(cells, phrase):
    assert schedule_phrase(cells) == phrase


def test_an_organisation_is_compared_without_spaces_and_company_forms():
    assert normalised_name("社会福祉法人　見本会") == normalised_name("(福)見本会") == normalised_name("（福）見本会")
    assert normalised_name("株式会社見本") != normalised_name("見本株式会社")
    assert organization_kind("廿日市市子育て支援課") == "市"
    assert organization_kind("見本の会") is None


def test_facts_keep_answers_and_drop_what_says_nothing():
    unmapped = {"一時預かり": "無", "高度": "-", "共生型": "なし", "備考": "なし", "指定年月日": "39431"}
    assert other_facts({}, {}, unmapped, {}, "【佐伯】", frozenset({"共生型"})) == {
        "一時預かり": "無", "共生型": "なし", "指定年月日": "2007年12月15日（元の表記 39431）", "区分（見出し）": "【佐伯】"}
