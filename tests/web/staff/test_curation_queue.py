"""Can a coordinator clear a day's work: see what waits, confirm, publish, pause, call off, and answer a worker?"""

from datetime import date

import pytest
from flask.testing import FlaskClient

from directory.curation.duties import assign
from directory.db import read_session
from directory.inbox import questions
from directory.models import CurationAct, ServiceAtLocation
from tests.factories import add_listing
from tests.web.staff.conftest import NOON, StaffSite
from tests.web.staff.pressing import fields_of_form

QUEUE = "/desk/curation/queue"
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def client(staff_site: StaffSite) -> FlaskClient:
    return staff_site.client(staff_site.people["curator"])


@pytest.fixture
def old(staff_site: StaffSite) -> str:
    """A listing nobody has confirmed for more than a year."""
    return add_listing(engine_of(staff_site), service={"name": "ふるい体操"}, assured_date=date(2025, 3, 1), areas=[("地域", "佐伯")])


def engine_of(site: StaffSite):
    return site.app.extensions["yoridokoro"].engine


def stored(site: StaffSite, listing: str) -> ServiceAtLocation:
    with read_session(engine_of(site)) as session:
        return session.get(ServiceAtLocation, listing)


def press(client: FlaskClient, page: str, action: str, **given: object):
    form = fields_of_form(client.get(page, follow_redirects=True).text, action)
    for name, value in given.items():
        form.setlist(name, value) if isinstance(value, list) else form.setlist(name, [value])
    return client.post(action, data=form)


def test_the_home_counts_what_waits_and_leads_to_it(client: FlaskClient, old: str) -> None:
    page = client.get("/desk/curation/").text
    assert "きょう、決めること" in page and f'href="{QUEUE}?kind=overdue"' in page
    assert "ふるい体操" in client.get(f"{QUEUE}?kind=overdue&area=佐伯").text
    assert "ふるい体操" not in client.get(f"{QUEUE}?kind=overdue&area=宮島").text


def test_whoever_has_areas_sees_those_first(staff_site: StaffSite, old: str) -> None:
    who = staff_site.hire("sc-miyajima", "curator")
    assign(engine_of(staff_site), who.staff_id, who.display_name, [("地域", "宮島")], NOON)
    client = staff_site.client(who)
    assert "わたしの担当（宮島）" in client.get(QUEUE).text and "ふるい体操" not in client.get(QUEUE).text
    assert "ふるい体操" in client.get(f"{QUEUE}?area=all&kind=overdue").text


def test_a_colleagues_areas_and_those_of_nobody_can_be_looked_at(staff_site: StaffSite, client: FlaskClient, old: str) -> None:
    away = staff_site.hire("sc-saeki", "curator")
    assign(engine_of(staff_site), away.staff_id, away.display_name, [("地域", "佐伯")], NOON)
    page = client.get(QUEUE).text
    assert f"{away.display_name}さんの担当（佐伯）" in page and "だれの担当でもない（" in page
    assert "ふるい体操" in client.get(f"{QUEUE}?area={away.staff_id}&kind=overdue").text
    assert "ふるい体操" not in client.get(f"{QUEUE}?area=nobody&kind=overdue").text
    assert client.get(f"{QUEUE}?area={'x' * 36}").status_code == 200


def test_many_unchanged_listings_are_confirmed_at_once_and_taken_back_at_once(
    staff_site: StaffSite, client: FlaskClient, old: str
) -> None:
    second = add_listing(engine_of(staff_site), service={"name": "ふるいサロン"}, assured_date=date(2025, 2, 1))
    response = press(client, f"{QUEUE}?kind=overdue", QUEUE, listing=[old, second], how="電話")
    assert response.status_code == 303
    assert all(stored(staff_site, one).assured_date == TODAY for one in (old, second))
    with read_session(engine_of(staff_site)) as session:
        act = session.get(CurationAct, response.location.partition("act=")[2])
    assert set(act.changes) == {old, second}
    press(client, "/desk/curation/", f"/desk/curation/acts/{act.id}/undo")
    assert stored(staff_site, old).assured_date == date(2025, 3, 1)


def test_nothing_ticked_is_told_and_confirms_nothing(client: FlaskClient, old: str, staff_site: StaffSite) -> None:
    response = press(client, f"{QUEUE}?kind=overdue", QUEUE, how="電話")
    assert response.status_code == 422 and "確認済にする掲載を選んで" in response.text
    assert stored(staff_site, old).assured_date == date(2025, 3, 1)


def test_a_new_listing_is_a_draft_until_it_is_published(staff_site: StaffSite, client: FlaskClient) -> None:
    response = _created(client)
    listing = response.location.partition("?")[0].rpartition("/")[2]
    public = staff_site.app.test_client()
    assert stored(staff_site, listing).status == "draft" and public.get(f"/listings/{listing}").status_code == 404
    address = f"/desk/curation/listings/{listing}"
    assert "公開する" in client.get(address).text
    assert press(client, address, f"{address}/status", status="published", why="").status_code == 303
    assert "ひだまり縁側" in public.get(f"/listings/{listing}").text
    again = _created(client)
    assert again.status_code == 200 and "もう登録されているかもしれません" in again.text


def _created(client: FlaskClient):
    action = "/desk/curation/new"
    page = client.get(action).text
    form = fields_of_form(page, action)
    for name, words in {
        "service.name": "ひだまり縁側", "organization.name": "ひだまり会", "schedules:0:phrase": "毎週木曜 13時～15時",
        "location.name": "ひだまり集会所", "location.town": "津田", "areas": "地域|佐伯"}.items():
        form[name] = words
    return client.post(action, data=form)


def test_a_pause_asks_why_and_a_closed_listing_can_come_back(staff_site: StaffSite, client: FlaskClient, old: str) -> None:
    address = f"/desk/curation/listings/{old}"
    response = press(client, address, f"{address}/status", status="paused", why="", until="")
    assert response.status_code == 422 and stored(staff_site, old).status == "published"
    press(client, address, f"{address}/status", status="paused", why="会場の工事", until="2027-03-31")
    paused = stored(staff_site, old)
    assert (paused.status, paused.paused_until, paused.status_reason) == ("paused", date(2027, 3, 31), "会場の工事")
    press(client, address, f"{address}/status", status="published", why="")
    assert stored(staff_site, old).status == "published"


def test_today_is_called_off_with_two_presses(staff_site: StaffSite, client: FlaskClient) -> None:
    listing = add_listing(engine_of(staff_site), service={"name": "火曜の会"}, phrases=["毎週火曜日 13時～15時"])
    address = f"/desk/curation/listings/{listing}"
    assert "本日中止にする" in client.get(address).text
    assert press(client, address, f"{address}/today", reason="天気のため").status_code == 303
    page = staff_site.app.test_client().get(f"/listings/{listing}").text
    assert 'class="off"' in page and "天気のため" in page


def test_an_earlier_state_comes_back_from_the_history(staff_site: StaffSite, client: FlaskClient, old: str) -> None:
    edit = f"/desk/curation/listings/{old}/edit/what"
    press(client, edit, edit, **{"service.summary": "はじめの文"})
    press(client, edit, edit, **{"service.summary": "つぎの文"})
    history = f"/desk/curation/listings/{old}/history"
    page = client.get(history).text
    assert ">はじめの</del>" in page and ">つぎの</ins>" in page and "この時の内容にもどす" in page
    assert press(client, history, history).status_code == 303
    assert "はじめの文" in client.get(f"/desk/curation/listings/{old}").text


def test_a_worker_who_asked_for_an_attribute_is_answered(staff_site: StaffSite, client: FlaskClient, old: str) -> None:
    engine = engine_of(staff_site)
    asked = questions.ask(engine, questions.CONFIRM, {"listing": old, "attribute": "chairs"}, NOON)
    assert "いす席" in client.get(f"{QUEUE}?kind=confirmations").text
    address = f"/desk/curation/letters/{asked}"
    client.post(address, data=fields_of_form(client.get(address).text, "") | {"answer": "yes"})
    assert questions.questions(engine, [asked])[0].answer == (old,)
    enquiry = questions.ask(engine, questions.ENQUIRY, {"needs": ["company"], "area": "佐伯"}, NOON)
    page = f"/desk/curation/letters/{enquiry}"
    form = fields_of_form(client.get(f"{page}?q=ふるい").text, "")
    client.post(page, data=form | {"listing": old})
    assert questions.questions(engine, [enquiry])[0].answer == (old,)


@pytest.mark.parametrize("path", [
    "queue?page=99999999999999999999999", "queue?kind=%00&area=%ff", "listings?q=%00%25_&page=-1", "listings?status='--",
    "?act=%00", "?act=00000000-0000-0000-0000-000000000000", "?done=x", "queue?kind=overdue&page=500000000"])
def test_an_odd_address_of_a_list_is_only_a_list(client: FlaskClient, path: str) -> None:
    assert client.get(f"/desk/curation/{path}").status_code == 200


def test_an_odd_form_is_told_and_writes_nothing(staff_site: StaffSite, client: FlaskClient, old: str) -> None:
    address = f"/desk/curation/listings/{old}"
    version = stored(staff_site, old).version
    odd = {"version": "9" * 30, "schedules:0:phrase": "\0", "schedules:0:valid_from": "きょう", "closures:0:date": "2026-13-40"}
    assert press(client, f"{address}/edit/when", f"{address}/edit/when", **odd).status_code == 422
    assert press(client, address, f"{address}/status", status="nonsense").status_code in (409, 422)
    assert client.get(f"{address}/edit/nonsense").status_code == 404
    assert stored(staff_site, old).version == version
