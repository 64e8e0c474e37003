"""Calls, gaps, areas and reports at the curation desk: does each journey end where it should, and nothing else change?"""

import re
from datetime import date, timedelta

from flask.testing import FlaskClient
from sqlalchemy import Engine, insert

from directory.db import read_session
from directory.inbox.questions import CONFIRM, ask
from directory.models import ContactAttempt, DemandCount, GapLink, InboxItem, ServiceAtLocation
from tests.web.conftest import TODAY
from tests.web.staff.conftest import NOON, StaffSite, form_token

LIST = "/desk/curation/freshness"
GAPS, YOSHIWA = "/desk/curation/gaps", "/desk/curation/gaps/吉和/company"


def engine_of(staff_site: StaffSite) -> Engine:
    return staff_site.app.extensions["yoridokoro"].engine


def curator(staff_site: StaffSite) -> FlaskClient:
    return staff_site.client(staff_site.people["curator"])


def old(staff_site: StaffSite, position: int = 0) -> ServiceAtLocation:
    """One of the salons nobody confirmed since June of last year."""
    with read_session(engine_of(staff_site)) as session:
        rows = session.query(ServiceAtLocation).filter_by(assured_date=date(2025, 6, 1)).order_by(ServiceAtLocation.id)
        return rows.all()[position]


def now_of(staff_site: StaffSite, listing_id: str) -> ServiceAtLocation:
    with read_session(engine_of(staff_site)) as session:
        return session.get_one(ServiceAtLocation, listing_id)


def form_of(page: str) -> dict[str, str]:
    """What a browser would send back from this page untouched, as far as the fields of one value go."""
    inputs = re.findall(r'<input class="in[^"]*"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', page)
    ticked = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked>', page)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return dict([*inputs, *areas, *ticked, *hidden])


def test_one_tap_confirms_an_unchanged_listing_and_can_be_taken_back(staff_site: StaffSite) -> None:
    client, listing = curator(staff_site), old(staff_site)
    assert f"{LIST}/{listing.id}" in client.get(LIST).text
    form = form_of(client.get(f"{LIST}/{listing.id}").text)
    sent = client.post(f"{LIST}/{listing.id}", data={**form, "go": "same", "minutes": "4"})
    assert sent.status_code == 303, sent.text
    after = client.get(sent.location).text
    assert f"{LIST}/{listing.id}" not in after and "取り消す" in after
    stored = now_of(staff_site, listing.id)
    me = staff_site.people["curator"].display_name
    assert (stored.assured_date, stored.assured_how, stored.assured_by) == (TODAY, "電話", me)


def test_what_changed_is_put_right_in_the_same_call_and_never_confirmed_as_unchanged(staff_site: StaffSite) -> None:
    client, listing = curator(staff_site), old(staff_site, 1)
    engine = engine_of(staff_site)
    question = ask(engine, CONFIRM, {"listing": listing.id, "attribute": "wheelchair"}, NOON)
    page = client.get(f"{LIST}/{listing.id}").text
    form = {**form_of(page), "listing.phone": "0829-00-4321", f"ask:{question}:wheelchair": "yes"}
    refused = client.post(f"{LIST}/{listing.id}", data={**form, "go": "same"})
    assert refused.status_code == 422 and "0829-00-4321" in refused.text
    assert now_of(staff_site, listing.id).assured_date != TODAY
    assert client.post(f"{LIST}/{listing.id}", data={**form, "go": "changed"}).status_code == 303
    stored = now_of(staff_site, listing.id)
    assert (stored.phone, stored.assured_date) == ("0829-00-4321", TODAY)
    overtaken = client.post(f"{LIST}/{listing.id}", data={**form, "go": "changed", "listing.phone": "0829-00-9999"})
    assert overtaken.status_code == 409 and "0829-00-9999" in overtaken.text


def test_nobody_at_home_keeps_the_listing_on_the_list_for_later(staff_site: StaffSite) -> None:
    client, listing = curator(staff_site), old(staff_site, 2)
    form = {"form_token": form_token(client, f"{LIST}/{listing.id}"), "go": "absent", "note": "<script>alert(1)</script>"}
    assert client.post(f"{LIST}/{listing.id}", data={**form, "again_on": "いつか"}).status_code == 422
    again = (TODAY + timedelta(days=3)).isoformat()
    sent = client.post(f"{LIST}/{listing.id}", data={**form, "again_on": again, "minutes": "1"})
    assert sent.status_code == 303 and "あとで、かけなおす" in client.get(sent.location).text
    assert "<script>alert" not in client.get(f"{LIST}/{listing.id}").text
    with read_session(engine_of(staff_site)) as session:
        assert session.query(ContactAttempt).filter_by(listing_id=listing.id, outcome="absent").count() == 1
    assert now_of(staff_site, listing.id).assured_date == date(2025, 6, 1)
    assert client.post(f"{LIST}/{listing.id}", data={**form, "go": ""}).status_code == 422


def test_the_round_of_the_year_and_the_report_of_the_month_are_pages_and_a_file(staff_site: StaffSite) -> None:
    client = curator(staff_site)
    assert "2026年 4～6月の一斉確認" in client.get("/desk/curation/campaign?area=大野").text
    assert "2026年11月の活動報告" in client.get("/desk/curation/activity?month=2031-13").text
    assert "2026年10月の活動報告" in client.get("/desk/curation/activity?month=2026-10").text
    file = client.get("/desk/curation/activity.xlsx")
    assert file.data[:2] == b"PK" and "activity-2026-11.xlsx" in file.headers["Content-Disposition"]


def test_areas_have_their_people_and_pass_to_the_next_with_a_note(staff_site: StaffSite) -> None:
    client, me = curator(staff_site), staff_site.people["curator"]
    following = staff_site.hire("next-sc", "curator")
    token = {"form_token": form_token(client, "/desk/curation/duties")}
    own = {**token, "staff": me.staff_id, "area": ["地域|大野", "地域|どこにもない"]}
    assert client.post("/desk/curation/duties", data=own).status_code == 303
    assert "わたしの担当" in client.get(LIST).text
    passing = {**token, "from": me.staff_id, "to": following.staff_id, "note": "つぎの連絡会は12月3日"}
    refused = client.post("/desk/curation/duties/hand-over", data={**passing, "area": "地域|佐伯"})
    assert refused.status_code == 422 and "つぎの連絡会は12月3日" in refused.text
    assert client.post("/desk/curation/duties/hand-over", data={**passing, "area": "地域|大野"}).status_code == 303
    page = client.get("/desk/curation/duties").text
    assert f"{me.display_name} から {following.display_name} へ" in page and "つぎの連絡会は12月3日" in page
    assert "わたしの担当" not in client.get(LIST).text


def test_what_is_asked_for_and_not_there_presses_most(staff_site: StaffSite) -> None:
    engine = engine_of(staff_site)
    with engine.begin() as connection:
        connection.execute(insert(DemandCount), [
            {"day": TODAY, "area": "吉和", "parameter": "need", "term": "company", "searches": 12, "empty": 7}])
        connection.execute(insert(InboxItem), [{
            "id": "wish", "kind": "wish", "state": "new", "made_at": NOON, "pulled_at": NOON,
            "body": {"words": "<b>夜</b>に話せる所", "area": "吉和"}}])
    client = curator(staff_site)
    page = client.get(f"{GAPS}?day=2&band=3&need=company").text
    assert "吉和・話し相手・仲間" in page and "12回" in page and "7回" in page
    # Searches are counted term by term: a weekday cannot narrow them, and the page says so.
    said = "曜日・時間に分けて数えていない"
    assert said in page and said not in client.get(GAPS).text
    cell = client.get(YOSHIWA).text
    assert "&lt;b&gt;夜&lt;/b&gt;に話せる所" in cell
    assert client.get(f"{GAPS}/どこか/company").status_code == client.get(f"{GAPS}/吉和/nothing").status_code == 404


def test_a_draft_begun_from_a_gap_is_linked_and_not_public(staff_site: StaffSite) -> None:
    client = curator(staff_site)
    form = {"form_token": form_token(client, YOSHIWA), "what": "listing", "day": "2", "band": "night"}
    refused = client.post(YOSHIWA, data={**form, "name": "", "kind": "salon", "note": "旧診療所"})
    assert refused.status_code == 422 and "旧診療所" in refused.text
    sent = client.post(YOSHIWA, data={**form, "name": "吉和の夜のお茶", "kind": "salon"})
    assert sent.status_code == 303 and "吉和の夜のお茶" in client.get(sent.location).text
    with read_session(engine_of(staff_site)) as session:
        link = session.query(GapLink).one()
        assert (link.area, link.need, link.weekday, link.band) == ("吉和", "company", 2, "night")
        assert session.get_one(ServiceAtLocation, link.listing_id).status == "draft"
