"""Does the page of one place say what a first-comer asks, and nothing the public may not know?"""

import re
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from directory.listing import Fee, Listing, Meeting
from directory.schedules import parse
from tests.web.test_search_page import PHONE, get, text_of
from tests.web.town import SECRETS, Town
from web.presenters.dates import coming
from web.presenters.facts import fee_in_full, fee_in_short


def page_of(client: FlaskClient, listing_id: str) -> str:
    return get(client, f"/listings/{listing_id}")


def test_the_page_answers_in_the_order_a_first_comer_asks(client: FlaskClient, town: Town) -> None:
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page_of(client, town.rich))
    assert headings == ["はじめての方へ", "いつ", "どこで", "お金", "どなたが", "参加するには", "ここで できること",
                        "設備とようす", "連絡先", "この情報について"]


def test_the_name_has_its_reading_and_stands_in_the_title(client: FlaskClient, town: Town) -> None:
    page = page_of(client, town.rich)
    assert "<title>いきいき百歳体操 つつじ会（佐伯・津田）" in page
    assert "いきいきひゃくさいたいそう つつじかい" in page


def test_the_next_three_dates_are_exact(client: FlaskClient, town: Town) -> None:
    page = page_of(client, town.rich)
    for day in ("11月25日（水）", "12月2日（水）", "12月9日（水）"):
        assert f">{day}</time></b>" in page


def test_an_opening_that_is_over_today_is_no_next_date() -> None:
    meeting = Meeting(parse("毎週火曜日 9時～11時"))
    listing = Listing("1", None, "published", "public", "朝の会", None, "salon", "1", "朝の会", meetings=(meeting,))
    days = {hour: coming(listing, datetime(2026, 11, 24, hour))[0].day for hour in (8, 10, 12)}
    assert days == {8: "11月24日（火）", 10: "11月24日（火）", 12: "12月1日（火）"}


@pytest.mark.parametrize(("fees", "short", "few_letters"), [
    ((Fee("毎回", 0, "相談と下見", "無料"), Fee("毎回", 1000, "作業の日")), "相談と下見 無料 ほか", "相談と下見 無料 ほか"),
    ((Fee("年", 2000), Fee("毎回", 100, note="お茶代")), "100円（お茶代） ほか", "100円 ほか"),
    ((Fee("材料", None, note="糸"),), "材料 実費（糸）", "材料 実費"),
    ((Fee("毎回", 200, "どなたも"),), "200円", "200円"),
])
def test_a_fee_in_one_line_says_for_whom_it_is_and_that_there_are_others(
    fees: tuple[Fee, ...], short: str, few_letters: str
) -> None:
    listing = Listing("1", None, "published", "public", "片づけ", None, "salon", "1", "片づけ", fees_state="stated", fees=fees)
    assert (fee_in_short(listing), fee_in_short(listing, noted=False)) == (short, few_letters)
    assert "無料（無料）" not in fee_in_full(fees[0])


def test_a_day_off_is_shown_and_says_why() -> None:
    meeting = Meeting(parse("毎週木曜日 10時～11時（祝日は休み）"))
    closed = {date(2026, 11, 12): "大雨のため"}
    listing = Listing("1", None, "published", "public", "木の会", None, "salon", "1", "木の会", meetings=(meeting,),
                      closures=closed)
    rows = coming(listing, datetime(2026, 10, 29, 9))
    assert [(row.day, row.off, row.note) for row in rows if row.off] == [("11月12日（木）", True, "大雨のため")]
    rows = coming(listing, datetime(2027, 4, 20, 9))
    assert [(row.day, row.note) for row in rows if row.off] == [("4月29日（木）", "祝日のため休み")]
    assert sum(not row.off for row in rows) == 3


def test_first_day_fees_people_steps_and_roles_are_told(client: FlaskClient, town: Town) -> None:
    words = text_of(page_of(client, town.rich))
    for sentence in ("道路側のガラス戸", "12人くらい", "100円（お茶代）。はじめての日は無料です。", "市内の方", "問いません",
                     "はじめてですと声をかける", "麦茶係", "いまは 1人募集", "坂はありません", "申しこみはいりません。"):
        assert sentence in words


def test_yes_no_and_not_known_each_have_their_word(client: FlaskClient, town: Town) -> None:
    page = page_of(client, town.rich)
    assert '<dt>いす席</dt><dd class="yes">あり</dd>' in page
    assert '<dt>多目的トイレ</dt><dd class="no-answer">なし</dd>' in page
    assert '<dt>車いすで入れる</dt><dd class="unknown">未確認</dd>' in page
    assert "「未確認」は「なし」ではありません" in page


def test_who_made_sure_of_it_when_and_how(client: FlaskClient, town: Town) -> None:
    assert "2026年11月20日に、生活支援コーディネーターが電話で確かめました。" in page_of(client, town.rich)


def test_a_place_nobody_made_sure_of_says_so_and_asks_to_call(client: FlaskClient, town: Town) -> None:
    words = text_of(page_of(client, town.sparse))
    assert "この情報は、まだ人が確かめていません" in words
    assert "お出かけ前にお電話を" in words
    assert PHONE in words


def test_a_phrase_that_cannot_be_read_is_quoted_and_never_guessed(client: FlaskClient, town: Town) -> None:
    page = page_of(client, town.unread)
    assert "月が満ちたころ、または鐘が鳴った日の翌々日" in page
    assert "お出かけ前にお電話を" in page
    assert 'class="dates"' not in page


def test_a_masked_place_shows_its_area_and_not_one_digit_more(client: FlaskClient, town: Town) -> None:
    page = page_of(client, town.masked)
    assert "くわしい場所はのせていません" in page
    assert "廿日市" in page


def test_a_visiting_service_says_where_it_comes_to(client: FlaskClient, town: Town) -> None:
    assert "対象の地域：廿日市・大野地域" in page_of(client, town.visiting)


def test_without_a_public_contact_the_desk_passes_it_on(client: FlaskClient, town: Town) -> None:
    page = page_of(client, town.relayed)
    assert "相談窓口が取り次ぎます" in page
    assert "0829-00-7777" not in page


def test_a_description_is_text_not_html(client: FlaskClient, town: Town) -> None:
    page = page_of(client, town.rich)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>" not in page


def test_a_closed_place_says_so_and_names_three_others(client: FlaskClient, town: Town) -> None:
    page = page_of(client, town.closed)
    assert "この活動は終わりました" in page
    assert page.count('<li class="place">') == 3
    assert town.closed not in re.findall(r'href="/listings/([^"]*)"', page)


def test_a_merged_place_sends_on_for_good(client: FlaskClient, town: Town) -> None:
    response = client.get(f"/listings/{town.merged}")
    assert (response.status_code, response.location) == (301, f"/listings/{town.rich}")


def test_what_the_public_may_not_see_looks_exactly_like_what_does_not_exist(client: FlaskClient, town: Town) -> None:
    nowhere = client.get("/listings/00000000-0000-4000-8000-000000000000")
    assert nowhere.status_code == 404
    for listing_id in town.hidden:
        hidden = client.get(f"/listings/{listing_id}")
        assert (hidden.status_code, hidden.text) == (404, nowhere.text)


@pytest.mark.parametrize("address", [
    "/listings/", "/listings/x", "/listings/../../etc/passwd", "/listings/%00", "/listings/" + "a" * 5000,
    "/listings/{00000000-0000-4000-8000-000000000000}", "/nowhere", "/desk-x", "/search/x",
])
def test_an_address_that_leads_nowhere_has_a_box_and_a_number(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert PHONE in response.text and 'role="search"' in response.text


def test_no_secret_reaches_any_page(client: FlaskClient, town: Town) -> None:
    names = ("rich", "sparse", "masked", "visiting", "relayed", "closed")
    listings = [f"/listings/{getattr(town, name)}" for name in names]
    searches = [f"/search?q={words}" for words in (*SECRETS, "会", "こかげ")]
    for url in [*listings, *searches, "/search", "/search?page=2", *(f"/listings/{hidden}" for hidden in town.hidden)]:
        response = client.get(url)
        seen = response.text + str(response.headers)
        if url.startswith("/search?q="):
            # The reader's own words come back in the box and in the title; they are not the directory's.
            seen = seen.replace(url.removeprefix("/search?q="), "")
        assert not [secret for secret in SECRETS if secret in seen], url
