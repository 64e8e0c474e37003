"""Can somebody set places aside without an account, pass the list on and print it?"""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Site
from tests.web.test_settings import OURS, cookie_client
from tests.web.town import SECRETS, Town
from web.my_list import MOST, read_ids, written
from web.presenters.sharing import sharing


def change(client: FlaskClient, **form: str):
    return client.post("/my-list", data=form, headers=OURS)


def test_a_place_is_put_on_the_list_and_taken_off_again(site: Site, town: Town) -> None:
    client = site.app.test_client()
    assert "☆" in client.get(f"/listings/{town.rich}").text
    answer = change(client, add=town.rich, back=f"/listings/{town.rich}")
    assert (answer.status_code, answer.location) == (303, f"/listings/{town.rich}")
    page = client.get("/my-list").text
    assert "いきいき百歳体操 つつじ会" in page and "マイリスト(1)" in page and "★" in page
    change(client, remove=town.rich)
    assert client.get_cookie("my_list") is None
    assert "ここに並びます" in client.get("/my-list").text


def test_merged_places_lead_on_and_hidden_ones_are_only_counted(site: Site, town: Town) -> None:
    ids = ",".join([town.merged, town.rich, town.closed, *town.hidden, str(uuid4())])
    page = site.app.test_client().get(f"/my-list?ids={ids}").text
    assert page.count('<li class="place">') == 1 and "いきいき百歳体操" in page
    assert f"いまは見られない場所が {len(town.hidden) + 1}件あります。" in page
    assert "終わったサロン" in page
    assert [secret for secret in SECRETS if secret in page] == []


def test_a_shared_list_is_shown_and_not_stored(site: Site, town: Town) -> None:
    client = site.app.test_client()
    answer = client.get(f"/my-list?ids={town.rich},{town.sparse}")
    assert "Set-Cookie" not in answer.headers and "自分のマイリストに入れる（2件）" in answer.text
    change(client, keep=f"{town.rich},{town.sparse}")
    assert read_ids(client.get_cookie("my_list").value) == (town.rich, town.sparse)
    change(client, empty="1")
    assert client.get_cookie("my_list") is None


def test_a_cookie_of_ten_thousand_ids_counts_its_first_fifty(site: Site) -> None:
    ids = [str(uuid4()) for _ in range(10_000)]
    assert read_ids(written(ids)) == tuple(ids[:MOST])
    answer = cookie_client(site, my_list=written(ids)).get("/my-list")
    assert answer.status_code == 200 and "いまは見られない場所が 50件" in answer.text


def test_the_fifty_first_place_is_not_kept_and_the_page_says_so(site: Site, town: Town) -> None:
    ids = [str(uuid4()) for _ in range(MOST)]
    client = cookie_client(site, my_list=written(ids))
    answer = change(client, add=town.rich, back="/search")
    assert answer.location == "/my-list?full=1" and "50件までです" in client.get(answer.location).text
    assert read_ids(client.get_cookie("my_list").value) == tuple(ids)


@pytest.mark.parametrize("text", [
    "", "x", "'; drop table", "00000000", "-" * 9999, "0" * 9999, "\x00", "../..", "🏠" * 500,
])
def test_what_is_no_id_is_passed_over(site: Site, text: str) -> None:
    assert read_ids(text) == ()
    for address in ("/my-list", "/my-list/print"):
        assert site.app.test_client().get(address, query_string={"ids": text}).status_code == 200


def test_the_links_of_line_and_mail_hold_the_place_and_its_address() -> None:
    links = sharing("お茶の会 & 友", ["次回 11月25日（水）", ""], "https://example.jp/listings/1?a=b&c")
    assert links.line.startswith("https://line.me/R/msg/text/?") and "\n" not in links.line
    mail = parse_qs(urlsplit(links.mail).query)
    assert mail == {"subject": ["お茶の会 & 友"], "body": ["次回 11月25日（水）\r\nhttps://example.jp/listings/1?a=b&c"]}


def test_the_sheet_of_a_place_has_its_facts_a_way_back_and_no_secrets(site: Site, town: Town) -> None:
    client = site.app.test_client()
    page = client.get(f"/listings/{town.rich}/print").text
    for words in ("いきいき百歳体操 つつじ会", "0829-00-2101", "12月2日（水）", "道路側のガラス戸", "2026年11月20日に", "このページへのQRコード"):
        assert words in page
    for one in (town.rich, town.masked, town.relayed, town.visiting, town.unread, town.sparse):
        sheet = client.get(f"/listings/{one}/print")
        assert sheet.status_code == 200 and [secret for secret in SECRETS if secret in sheet.text] == []
    assert client.get(f"/listings/{town.merged}/print").location == f"/listings/{town.rich}/print"
    assert client.get(f"/listings/{town.closed}/print").location == f"/listings/{town.closed}"
    assert {client.get(f"/listings/{one}/print").status_code for one in (*town.hidden, "x")} == {404}


def test_lists_are_printed_for_a_reader_and_for_an_area(site: Site, town: Town) -> None:
    client = site.app.test_client()
    assert "いきいき百歳体操" in client.get(f"/my-list/print?ids={town.rich}").text
    assert "リストは空です" in client.get("/my-list/print").text
    area = client.get("/areas/大野/print")
    assert area.status_code == 200 and "お茶のサロン 24" in area.text
    assert client.get("/areas/どこでもない/print").status_code == 404
