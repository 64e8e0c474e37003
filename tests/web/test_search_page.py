"""Does /search keep its promises: what is asked for is understood, counted, and never a dead end?"""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Site

PHONE = "0829-00-0100"


def text_of(html: str) -> str:
    """What a reader sees of the page, on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def get(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.text


def test_a_search_without_words_shows_all_public_places_twenty_a_page(client: FlaskClient) -> None:
    page = get(client, "/search")
    assert page.count('<li class="place">') == 20
    assert "2ページのうち 1ページ目" in page
    assert 'href="?page=2"' in page


def test_the_second_page_goes_on_numbering(client: FlaskClient) -> None:
    assert '<span class="no" aria-hidden="true">21</span>' in get(client, "/search?page=2")


def test_a_row_says_when_where_how_much_and_how_to_get_in(client: FlaskClient) -> None:
    page = text_of(get(client, "/search?q=百歳体操"))
    for words in ("11月25日（水）", "10:00～11:00", "つつじ集会所（津田）", "100円（お茶代） ほか", "いつでもどうぞ",
                  "電話 0829-00-2101", "2026年11月に電話で確認", "いきいきひゃくさいたいそう つつじかい"):
        assert words in page


def test_the_words_somebody_typed_stand_in_the_box_and_in_the_title(client: FlaskClient) -> None:
    page = get(client, "/search?q=百歳体操")
    assert 'value="百歳体操"' in page
    assert re.search(r"<title>[^<]*百歳体操[^<]*1件", page)


def test_a_condition_in_force_is_a_chip_that_says_how_many_places_there_are_without_it(client: FlaskClient) -> None:
    page = get(client, "/search?area=佐伯")
    chip = re.search(r'<a class="chip".*?</a>', page, re.S)
    assert chip and re.search(r"佐伯.*外すと\d+件.*を外す", chip[0], re.S)


def test_a_word_understood_as_a_condition_can_be_taken_off(client: FlaskClient) -> None:
    page = get(client, "/search?q=大野 お茶")
    chip = re.search(r'<a class="chip" href="([^"]*)"', page)
    assert chip
    assert '<a class="chip"' not in get(client, "/search" + unescape(chip[1]))


def test_the_count_is_said_aloud_by_screen_readers(client: FlaskClient) -> None:
    assert re.search(r'<p role="status"[^>]*>\d+件</p>', get(client, "/search?area=大野"))


def test_facets_are_plain_links_with_counts_and_name_what_is_unknown(client: FlaskClient) -> None:
    page = get(client, "/search")
    assert re.search(r'<a class="pick[^"]*" href="\?area=%E5%A4%A7%E9%87%8E"', page)
    assert re.search(r'ほかに <a href="\?[^"]*unknown"[^>]*>[^<]*要確認 \d+件</a>', page)


def test_the_order_can_be_chosen_without_a_script(client: FlaskClient) -> None:
    page = get(client, "/search?area=大野&sort=updated")
    assert '<option value="updated" selected>' in page
    assert '<input type="hidden" name="area" value="大野"><select' in page


def test_near_first_is_offered_only_where_there_is_a_place_to_measure_from(client: FlaskClient) -> None:
    assert '<option value="near"' not in get(client, "/search")


@pytest.mark.parametrize("question", ["吉和 夜 若者 ゲーム", "吉和 囲碁", "zzzzzz"])
def test_an_empty_search_offers_a_number_and_a_way_on(client: FlaskClient, question: str) -> None:
    page = get(client, f"/search?q={question}")
    words = text_of(page)
    assert "0件" in words and "電話で聞く" in words and words.count(PHONE) >= 2
    assert '<a href="/search">すべての場所を見る</a>' in page


def test_a_relaxation_finds_exactly_as_many_places_as_it_says(client: FlaskClient) -> None:
    page = get(client, "/search?q=吉和 お茶")
    ways = re.findall(r'<a href="(\?[^"]*)" rel="nofollow">[^<]*</a></span><span class="num">(\d+)<small>', page)
    assert ways
    for url, count in ways:
        assert f'>{count}件</p>' in get(client, "/search" + unescape(url))


def test_an_urgent_word_puts_help_above_everything_and_is_kept_nowhere(client: FlaskClient) -> None:
    response = client.get("/search?q=もう死にたい")
    page = response.text
    assert page.index('class="help gap"') < page.index('role="search"')
    assert 'href="tel:0120279338"' in page
    assert "この画面をすぐ閉じる" in page
    assert response.headers["Cache-Control"] == "no-store"


def test_an_urgent_word_without_results_is_not_answered_with_there_is_no_place(client: FlaskClient) -> None:
    assert "まだ ありません" not in get(client, "/search?q=死にたい")


def test_beside_urgent_help_stand_desks_and_not_every_place_that_listens(city: Flask) -> None:
    page = city.test_client().get("/search?q=死にたい").text
    listeners = page.split('aria-labelledby="listeners"')[1].split("</section>")[0]
    assert "相談" in re.search(r"<h3>.*?</h3>", listeners, re.DOTALL).group() and "はたらく一歩" not in listeners
    assert "kind=consultation" in listeners and "listens=yes" in listeners


def test_urgent_help_is_never_followed_by_a_guess_at_other_words(client: FlaskClient) -> None:
    assert "もしかして" not in get(client, "/search?q=死にたい")


def test_a_sample_number_is_never_a_link(client: FlaskClient) -> None:
    assert "tel:0829" not in get(client, "/search?q=体操") + get(client, "/search?q=もう死にたい")


def test_what_could_not_be_used_is_named_on_the_page(client: FlaskClient) -> None:
    words = text_of(get(client, "/search?foo=1&day=xyz&sort=zzz"))
    assert "使えなかった条件があります" in words
    assert "foo" in words


def test_a_page_far_behind_the_last_is_answered(client: FlaskClient) -> None:
    get(client, "/search?page=99999999999")


def test_words_of_the_reader_are_never_taken_for_html(client: FlaskClient) -> None:
    page = get(client, "/search?q=<script>alert(1)</script>&<b>=<i>")
    assert "<script>" not in page and "<b>=" not in page and "<i>" not in page


def test_a_question_is_not_offered_to_search_engines(client: FlaskClient) -> None:
    assert 'content="noindex"' in get(client, "/search?q=体操")
    assert 'content="noindex"' not in get(client, "/search")


def test_equal_questions_have_equal_links(site: Site) -> None:
    with site.app.test_client() as first, site.app.test_client() as second:
        links = [re.findall(r'href="(\?[^"]*)"', get(client, "/search?area=大野&day=tue")) for client in (first, second)]
    assert links[0] == links[1]
