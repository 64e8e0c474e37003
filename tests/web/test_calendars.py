"""Do dates get into a reader's own calendar? The right places, addresses that stay, and nothing hidden."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.web.town import SECRETS, Town
from web.shelf import Shelf
from web.views import calendars


def names(text: str) -> set[str]:
    return {str(event["SUMMARY"]).removeprefix("【予定】") for event in Calendar.from_ical(text).walk("VEVENT")}


def test_a_place_is_one_calendar_with_the_address_of_its_page(client: FlaskClient, town: Town) -> None:
    response = client.get(f"/listings/{town.rich}.ics")
    assert response.content_type == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'inline; filename="yoridokoro-{town.rich[:8]}.ics"'
    assert names(response.text) == {"いきいき百歳体操 つつじ会"}
    assert f"http://127.0.0.1:8000/listings/{town.rich}" in response.text.replace("\r\n ", "")


def test_the_page_of_a_place_links_to_its_calendar(client: FlaskClient, town: Town) -> None:
    assert f'href="/listings/{town.rich}.ics"' in client.get(f"/listings/{town.rich}").text


def test_a_search_links_to_a_calendar_of_the_same_question(client: FlaskClient) -> None:
    page = client.get("/search?q=つつじ会&area=佐伯").text
    address = f"/search.ics?q={quote('つつじ会')}&amp;area={quote('佐伯')}"
    assert address in page
    assert names(client.get(address.replace("&amp;", "&")).text) == {"いきいき百歳体操 つつじ会"}


def test_a_search_that_finds_nothing_is_an_empty_calendar_that_says_so(client: FlaskClient) -> None:
    response = client.get("/search.ics?q=つつじ会&area=宮島")
    assert response.status_code == 200
    assert not names(response.text)
    assert "いま決まった予定はありません" in response.text.replace("\r\n ", "")


def test_of_too_many_places_only_those_that_open_next_are_in(client: FlaskClient, monkeypatch) -> None:
    monkeypatch.setattr(calendars, "MOST_PLACES", 3)
    response = client.get("/search.ics?q=")
    assert len(names(response.text)) <= 3
    assert "近い日の3か所" in response.text.replace("\r\n ", "")


def test_a_list_holds_the_places_it_names_and_merged_ones_once(client: FlaskClient, town: Town) -> None:
    ids = f"{town.merged},{town.rich},{town.closed},{town.hidden[0]},no-id,{town.masked}"
    assert names(client.get(f"/my-list.ics?ids={ids}").text) == {"いきいき百歳体操 つつじ会", "こかげの部屋"}


def test_no_calendar_tells_a_secret(client: FlaskClient, town: Town) -> None:
    ids = ",".join([town.masked, town.relayed, *town.hidden])
    for address in ("/search.ics", f"/my-list.ics?ids={ids}", f"/listings/{town.masked}.ics"):
        text = client.get(address).text.replace("\r\n ", "")
        assert not [secret for secret in SECRETS if secret in text], address


@pytest.mark.parametrize(("which", "status"), [("closed", 200), ("merged", 301)])
def test_places_that_ended_or_moved_still_answer_subscriptions(client: FlaskClient, town: Town, which, status) -> None:
    response = client.get(f"/listings/{getattr(town, which)}.ics")
    assert response.status_code == status
    if status == 301:
        assert response.location == f"/listings/{town.rich}.ics"
    else:
        assert not names(response.text)


def test_hidden_and_unknown_places_are_equally_not_found(client: FlaskClient, town: Town) -> None:
    for listing_id in (*town.hidden, "00000000-0000-0000-0000-000000000000", "x", "..."):
        assert client.get(f"/listings/{listing_id}.ics").status_code == 404


def test_a_program_that_asks_again_is_told_nothing_changed(client: FlaskClient, town: Town) -> None:
    for address in (f"/listings/{town.rich}.ics", "/search.ics?area=大野", f"/my-list.ics?ids={town.rich}"):
        mark = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": mark})
        assert (again.status_code, again.data) == (304, b""), address


def test_words_in_need_do_not_stand_in_a_file(client: FlaskClient) -> None:
    assert "死にたい" not in client.get("/search.ics?q=死にたい").text.replace("\r\n ", "")


def test_a_calendar_is_made_once_and_only_the_last_ones_are_kept() -> None:
    shelf, made = Shelf(most=2), []

    def make(number: int):
        return lambda: made.append(number) or b"%d" % number

    assert [shelf.get(str(n), make(n)) for n in (1, 1, 2, 3, 1)] == [b"1", b"1", b"2", b"3", b"1"]
    assert made == [1, 2, 3, 1]
    assert len(shelf) == 2
