"""比較 and わたす: places side by side, the sheet for the person, the paper for the host. Each made to be printed.

The person's sheet is made of public listings only: nothing that only staff may know can be on it.
"""

from flask import Blueprint, Response, request

from directory.db import read_session
from directory.errors import InvalidRecord
from directory.listings import read_listings
from matcher import casework
from matcher.access import AT_HOST, CONSENTED
from web.presenters.desk.cards import cards, key_of
from web.presenters.desk.compare import compare_rows
from web.presenters.desk.sheets import host_paper, person_sheet
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame
from web.views.desk.candidates import around, host_loads, matched, place_of, what_is_asked
from web.views.desk.placements import of_case

pages = Blueprint("hand_over", __name__)

FEWEST, MOST = 2, 4
ON_SHEET, LONGEST_NAME = 3, 30


@pages.post("/desk/participants/<pid>/compare")
def compare(pid: str) -> Response:
    """Two to four places side by side, for the limits that stood beside the list."""
    picked = _picked()
    if not FEWEST <= len(picked) <= MOST:
        raise InvalidRecord(f"くらべる場所を{FEWEST}か所から{MOST}か所、選んでください。")
    case, asked = frame.read_case(pid), what_is_asked(pid, request.form)
    loads = host_loads(pid)
    result = matched(asked.profile, loads)
    known = {key_of(one.listing_id, one.role_id): one for one in (*result.a, *result.b, *result.c, *result.shown)}
    found = [known[key] for key in picked if key in known]
    if len(found) < FEWEST:
        raise InvalidRecord("選んだ場所が、いまの一覧にありません。候補を開きなおして、選びなおしてください。")
    rows = cards(found, around(pid, asked.profile, loads, found))
    return frame.page("desk/compare.html", case, "candidates.show", cards=rows,
                      rows=compare_rows(rows, asked.profile, door.desk().vocabulary), printed=site().now().date())


@pages.post("/desk/participants/<pid>/sheet")
def sheet(pid: str) -> Response:
    """At most three places for the person to take along, in easy words."""
    picked = list(dict.fromkeys(place_of(key)[0] for key in _picked()))
    if not 1 <= len(picked) <= ON_SHEET:
        raise InvalidRecord(f"わたす紙にのせる場所を1か所から{ON_SHEET}か所、選んでください。")
    case = frame.read_case(pid)
    casework.read_answers(door.desk(), actor(), pid, door.now())
    with read_session(site().engine) as session:
        public = {one.id: one for one in read_listings(session, picked)}
    shown = [public[one] for one in picked if one in public]
    return frame.page("desk/sheet.html", case, "candidates.show",
                      sheet=person_sheet(shown, door.desk().vocabulary, site().city, site().now()),
                      kept_back=len(picked) - len(shown))


@pages.get("/desk/participants/<pid>/placements/<placement_id>/paper")
def paper(pid: str, placement_id: str) -> Response:
    """受け入れ先へ渡す紙: only what the person consented to have told to the host."""
    return _paper(pid, placement_id, [])


@pages.post("/desk/participants/<pid>/placements/<placement_id>/paper")
def chosen(pid: str, placement_id: str) -> Response:
    """The same with what the worker and the person ticked together."""
    return _paper(pid, placement_id, request.form.getlist("tell"))


def _paper(pid: str, placement_id: str, ticked: list[str]) -> Response:
    case, placement = frame.read_case(pid), of_case(pid, placement_id)
    consented, label = AT_HOST in case.consents, f"{CONSENTED}:{AT_HOST}"
    notes = [one.text for one in casework.notes(door.desk(), actor(), pid, door.now()) if consented and one.label == label]
    heard = casework.read_answers(door.desk(), actor(), pid, door.now()) if consented else {}
    listing = frame.listings([placement.listing_id]).get(placement.listing_id)
    return frame.page(
        "desk/host_paper.html", case, "placements.show", placement=placement, listing=listing, consented=consented,
        called=request.form.get("called", "").strip()[:LONGEST_NAME] or case.code_name,
        paper=host_paper(notes, heard, ticked, door.desk().vocabulary, site().city, site().now().date()))


def _picked() -> list[str]:
    """What was ticked, or the one place whose own button was pressed."""
    return list(dict.fromkeys(request.form.getlist("only") or request.form.getlist("pick")))
