"""Can a coordinator see why two listings may be one, make them one, take them apart, or say that they are not?"""

import re
from types import SimpleNamespace

import pytest

from directory.curation import values_of
from directory.db import read_session
from directory.duplicates.searching import count_waiting, is_called_different
from tests.factories import add_listing
from tests.web.staff.conftest import OWN_PAGE, StaffSite
from web.views.desk.curation import duplicates

LIST = "/desk/curation/duplicates"
HALL = {"name": "串戸集会所", "town": "串戸四丁目", "address_rest": "5-12"}


@pytest.fixture
def pair(staff_site: StaffSite) -> SimpleNamespace:
    """The same サロン twice, and a coordinator who has just come in."""
    engine = staff_site.app.extensions["yoridokoro"].engine
    one = add_listing(engine, service={"name": "ひだまりサロン", "name_kana": "ひだまりさろん"}, location=HALL, phone="0829-00-3101",
                      phrases=["第2・4火曜日 10時～11時"], representative="山根 ハルエ")
    other = add_listing(engine, service={"name": "サロンひだまり（串戸）", "summary": "<b>お茶</b>"}, location=HALL,
                        phone="0829-00-3101", phrases=["第2・第4火曜 10時から"], representative="山根")
    client = staff_site.client(staff_site.people["curator"])
    made = SimpleNamespace(engine=engine, one=one, other=other, client=client, address=f"{LIST}/{one}/{other}")
    made.token = re.search(r'name="form_token" value="(\w+)"', client.get(LIST).text)[1]
    made.send = lambda address, **form: client.post(address, data={"form_token": made.token, **form}, headers=OWN_PAGE)
    return made


def test_the_list_shows_both_with_the_reasons_once_somebody_searched(pair):
    assert pair.send(LIST).status_code == 303
    page = pair.client.get(LIST).text
    row = re.search(rf'<li><a href="{LIST}/[^"]+">(?:(?!</li>).)*サロンひだまり（串戸）.*?</li>', page, re.S).group()
    assert "ひだまりサロン" in row and "✓ 名前の読みが同じ" in row and "串戸集会所" in row


def test_more_listings_than_anybody_waits_for_are_left_to_the_night(pair, monkeypatch):
    monkeypatch.setattr(duplicates, "MOST_AT_ONCE", 1)
    assert "夜に自動で" in pair.client.get(pair.send(LIST).location).text


def test_the_pair_is_shown_side_by_side_and_markup_stays_text(pair):
    page = pair.client.get(pair.address).text
    assert "同じと思われるわけ" in page and "✓ 電話番号が同じ" in page
    assert "&lt;b&gt;お茶&lt;/b&gt;" in page and "<b>お茶</b>" not in page
    assert re.search(r'name="c:service.summary" value="loser" checked', page)


def test_one_is_made_of_two_as_chosen_and_taken_apart_again(pair):
    with read_session(pair.engine) as session:
        before = [values_of(session, key) for key in (pair.one, pair.other)]
    sent = pair.send(pair.address, version="1", other_version="1", **{"c:service.name": "loser", "c:nonsense": "loser"})
    assert sent.status_code == 303
    page = pair.client.get(sent.location).text
    assert "1つにまとめました" in page
    with read_session(pair.engine) as session:
        assert values_of(session, pair.one)["service.name"] == "サロンひだまり（串戸）"
    merge_id = re.search(r'/desk/curation/merges/([\w-]+)"', page)[1]
    assert "2つに分けて" in pair.client.get(pair.send(f"/desk/curation/merges/{merge_id}").location).text
    with read_session(pair.engine) as session:
        assert [values_of(session, key) for key in (pair.one, pair.other)] == before


def test_a_stale_form_merges_nothing_and_keeps_what_was_chosen(pair):
    page = pair.send(pair.address, version="7", other_version="1", **{"c:service.name": "loser"})
    assert page.status_code == 409
    assert "ほかの人が、先に" in page.text and re.search(r'name="c:service.name" value="loser" checked', page.text)


def test_what_is_merged_already_is_said(pair):
    pair.send(pair.address, version="1", other_version="1")
    page = pair.send(pair.address, version="2", other_version="2")
    assert page.status_code == 422 and "もうほかの掲載に統合されています" in page.text


def test_what_was_called_different_is_proposed_no_more(pair):
    pair.send(LIST)
    with read_session(pair.engine) as session:
        waiting = count_waiting(session)
    assert pair.send(f"{pair.address}/different", why="曜日ごとに別の会").status_code == 303
    pair.send(LIST)
    with read_session(pair.engine) as session:
        assert is_called_different(session, pair.other, pair.one)
        assert count_waiting(session) < waiting


def test_a_listing_that_is_not_there_is_not_found(pair):
    assert pair.client.get(f"{LIST}/{pair.one}/nothing").status_code == 404
