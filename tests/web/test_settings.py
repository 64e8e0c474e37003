"""Does a reader get the page as asked for, by a cookie that can hold nothing else?"""

import re
from itertools import product

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Site
from tests.web.town import Town
from web.forms import way_back
from web.furigana import ruby, ruby_place
from web.reader import USUAL, Reader, read_cookie

OURS = {"Sec-Fetch-Site": "same-origin"}


def cookie_client(site: Site, **cookies: str) -> FlaskClient:
    client = site.app.test_client()
    for name, value in cookies.items():
        client.set_cookie(name, value)
    return client


def test_a_choice_is_kept_and_seen_on_every_page(site: Site, town: Town) -> None:
    client = site.app.test_client()
    answer = client.post("/settings", data={"size": "3", "furigana": "1", "back": "/search?q=お茶"}, headers=OURS)
    assert answer.status_code == 303 and answer.location.startswith("/settings?done=1&back=/search")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("display=s3f1e0;") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert 'role="status"' in client.get(answer.location).text
    for address in ("/search", f"/listings/{town.rich}", "/settings", "/my-list", "/nowhere"):
        page = client.get(address).text
        assert 'class="size-3 furigana"' in page, address
    assert "style=" not in client.get("/settings").text


def test_the_usual_page_leaves_no_cookie(site: Site) -> None:
    client = cookie_client(site, display="s3f1e1")
    client.post("/settings", data={}, headers=OURS)
    assert client.get_cookie("display") is None


@pytest.mark.parametrize("text", [
    None, "", "s9f1e1", "s3f1e1;", "s3f1e1 ", "<script>", "s3f1e1" * 2000, "ｓ３ｆ１ｅ１", "s٣f1e1", "\x00",
])
def test_a_cookie_that_is_not_ours_says_nothing(text: str | None) -> None:
    assert read_cookie(text) == USUAL


@pytest.mark.parametrize("one", [Reader(*one) for one in product((1, 2, 3), (False, True), (False, True))])
def test_every_setting_is_read_back(one: Reader) -> None:
    assert read_cookie(one.cookie) == one


@pytest.mark.parametrize("form", [
    {"size": "99"}, {"size": "x" * 5000}, {"furigana": "2", "easy": "yes"}, {"size": "٣"},
])
def test_a_form_with_other_values_is_the_usual_page(site: Site, form: dict[str, str]) -> None:
    client = site.app.test_client()
    assert client.post("/settings", data=form, headers=OURS).status_code == 303
    assert client.get_cookie("display") is None


@pytest.mark.parametrize("address", [
    "https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)", "search",
    "/a\nb", "/a\\b", "/" + "a" * 3000, "http:///x", "",
])
def test_the_way_back_never_leaves_the_site(address: str) -> None:
    assert way_back(address, "/otherwise") == "/otherwise"


def test_furigana_stand_on_names_texts_and_headings_and_never_on_digits(site: Site, town: Town) -> None:
    client = cookie_client(site, display="s1f1e0")
    page = client.get(f"/listings/{town.rich}").text
    assert "<ruby>体操<rp>（</rp><rt>たいそう</rt><rp>）</rp></ruby>" in page
    assert "&lt;script&gt;alert(1)" in page
    for base, reading in re.findall(r"<ruby>(.*?)<rp>（</rp><rt>(.*?)</rt>", page):
        assert not re.search(r"\d", base) and re.fullmatch("[ぁ-ゖー]+", reading)
    found = client.get("/search?q=体操").text
    assert re.search(r"<mark><ruby>体操<rp>（</rp><rt>たいそう</rt><rp>）</rp></ruby></mark>", found)
    assert "<ruby>" not in site.app.test_client().get("/search?q=体操").text


def test_a_hall_in_a_line_is_read_as_its_own_reading_says_and_its_town_is_not(site: Site) -> None:
    with site.app.test_request_context("/", headers={"Cookie": "display=s1f1e0"}):
        said = str(ruby_place("旧畳店「小上がり」（峠）", ("旧畳店「小上がり」", "きゅうたたみてん こあがり")))
        assert ruby_place("市内どこでも", ("", "")) == ruby("市内どこでも")
        assert "<rt>とうげ</rt>" in str(ruby_place("峠の間（峠）", ("峠の間", "とうげのま")))
    assert said.endswith("（峠）") and "<rt>こあがり</rt>" not in said.split("」")[1]
    with site.app.test_request_context("/"):
        assert ruby_place("峠の間（峠）", ("峠の間", "とうげのま")) == "峠の間（峠）"


def test_easy_japanese_is_shown_where_somebody_wrote_it_and_missed_aloud_elsewhere(site: Site, town: Town) -> None:
    client = cookie_client(site, display="s1f0e1")
    page = client.get(f"/listings/{town.rich}").text
    easy, folded, ordinary = (page.index(words, page.index("<main")) for words in (
        "いすに すわって 体を うごかします。", "ふつうの文で読む", "手首と足首に"))
    assert easy < folded < ordinary
    assert "やさしい日本語の文は、まだありません" in client.get(f"/listings/{town.sparse}").text


def test_a_list_shows_easy_japanese_and_says_once_that_some_places_have_none(site: Site, town: Town) -> None:
    page = cookie_client(site, display="s1f0e1").get("/search").text
    assert "いすに すわって 体を うごかします。" in page
    assert page.count("やさしい日本語の文が まだない場所があります。") == 1
    assert "まだない場所があります" not in site.app.test_client().get("/search").text


@pytest.mark.parametrize("address", ["/", "/calendar", "/areas/", "/areas/佐伯", "/categories/", "/consult", "/family"])
def test_furigana_stand_on_every_page(site: Site, address: str) -> None:
    page = cookie_client(site, display="s1f1e0").get(address).text
    main = page[page.index("<main"):]
    assert len(re.findall("<ruby>[^<]+<rp>", main)) > 5 and "&lt;ruby" not in page
    assert "<ruby>" not in site.app.test_client().get(address).text


def test_an_area_leads_to_its_sheet_of_paper(site: Site) -> None:
    client = site.app.test_client()
    path = re.search('href="(/areas/[^"]+/print)"', client.get("/areas/佐伯").text)
    assert path and client.get(path[1]).status_code == 200


@pytest.mark.parametrize(("headers", "status"), [
    (OURS, 303), ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "http://localhost"}, 303), ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403), ({}, 403),
])
def test_a_form_of_another_site_changes_nothing(site: Site, headers: dict[str, str], status: int) -> None:
    client = site.app.test_client()
    forms = (("/settings", {"size": "3"}, "display"), ("/my-list", {"add": site.town.rich}, "my_list"))
    for address, form, cookie in forms:
        answer = client.post(address, data=form, headers=headers)
        assert answer.status_code == status
        assert (client.get_cookie(cookie) is not None) == (status == 303)
        client.delete_cookie("asked")


def test_an_old_browser_is_asked_once_more_and_then_believed(site: Site) -> None:
    client = site.app.test_client()
    asked = client.post("/settings", data={"size": "2"})
    assert asked.status_code == 403 and '<input type="hidden" name="size" value="2">' in asked.text
    assert client.post("/settings", data={"size": "2"}).status_code == 303
