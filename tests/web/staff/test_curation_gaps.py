"""Does the page of what is missing tell what it may, and does a draft stay tied to the gap it was begun for?"""

from sqlalchemy import insert

from directory.db import read_session
from directory.models import DemandCount, GapLink, InboxItem, ServiceAtLocation
from tests.web.conftest import TODAY
from tests.web.staff.conftest import NOON, StaffSite, form_token

GAPS, YOSHIWA = "/desk/curation/gaps", "/desk/curation/gaps/吉和/company"


def test_what_is_asked_for_and_not_there_presses_most(staff_site: StaffSite) -> None:
    engine = staff_site.app.extensions["yoridokoro"].engine
    with engine.begin() as connection:
        connection.execute(insert(DemandCount), [
            {"day": TODAY, "area": "吉和", "parameter": "need", "term": "company", "searches": 12, "empty": 7}])
        connection.execute(insert(InboxItem), [{
            "id": "wish", "kind": "wish", "state": "new", "made_at": NOON, "pulled_at": NOON,
            "body": {"words": "<b>夜</b>に話せる所", "area": "吉和"}}])
    client = staff_site.client(staff_site.people["curator"])
    page = client.get(f"{GAPS}?day=2&band=3&need=company").text
    assert "吉和・話し相手・仲間" in page and "12回" in page and "7回" in page
    cell = client.get(YOSHIWA).text
    assert "&lt;b&gt;夜&lt;/b&gt;に話せる所" in cell
    assert client.get(f"{GAPS}/どこか/company").status_code == client.get(f"{GAPS}/吉和/nothing").status_code == 404


def test_a_draft_begun_from_a_gap_is_linked_and_not_public(staff_site: StaffSite) -> None:
    client = staff_site.client(staff_site.people["curator"])
    form = {"form_token": form_token(client, YOSHIWA), "what": "listing", "day": "2", "band": "night"}
    refused = client.post(YOSHIWA, data={**form, "name": "", "kind": "salon", "note": "旧診療所"})
    assert refused.status_code == 422 and "旧診療所" in refused.text
    sent = client.post(YOSHIWA, data={**form, "name": "吉和の夜のお茶", "kind": "salon"})
    assert sent.status_code == 303 and "吉和の夜のお茶" in client.get(sent.location).text
    with read_session(staff_site.app.extensions["yoridokoro"].engine) as session:
        link = session.query(GapLink).one()
        assert (link.area, link.need, link.weekday, link.band) == ("吉和", "company", 2, "night")
        assert session.get_one(ServiceAtLocation, link.listing_id).status == "draft"
