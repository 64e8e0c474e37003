"""What needs a decision today, what waits, and what was done since yesterday?"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from werkzeug.wrappers import Response as Redirect

from directory.curation.duties import duties
from directory.curation.undoing import undo as undo_act
from directory.curation.work import KINDS, Item, set_aside
from directory.curation.work import queue as find_work
from directory.db import read_session
from directory.errors import InvalidRecord
from directory.uploads.history import upload_of
from web.i18n import gettext as _
from web.presenters.curation.acts import recent
from web.presenters.curation.queue import ALL, MINE, Waiting, area_ways, doors, kind_ways, page_of, waiting_row
from web.presenters.curation.queue_owners import Owner, owner_ways, owners_of
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.staff.kept import own_page
from web.views.desk.curation import frame

pages = Blueprint("curation", __name__)

PAGE, OLDEST, BESIDE = 50, 6, 12


@dataclass(frozen=True)
class Narrowed:
    """Which areas and which kind are being looked at. `owners`: who looks after which areas, myself first."""

    area: str
    kind: str
    owners: tuple[Owner, ...]

    @property
    def areas(self) -> tuple[str, ...] | None:
        """Names of areas; None for the whole city."""
        looked_after = {owner.key: owner.areas for owner in self.owners}
        return None if self.area == ALL else looked_after.get(self.area, (self.area,))

    @property
    def kept(self) -> dict[str, str]:
        """The area as it stands in an address, where it was chosen."""
        return {"area": self.area} if "area" in request.args else {}


def narrowed() -> Narrowed:
    """What the address asks for; without a word my own areas, or everything for whoever has none."""
    with read_session(site().engine) as session:
        owners = owners_of(duties(session), actor().staff_id, _area_names())
    known = {*_area_names(), ALL, *(owner.key for owner in owners)}
    first = next((owner.key for owner in owners if owner.key == MINE), ALL)
    area, kind = request.args.get("area", ""), request.args.get("kind", "")
    return Narrowed(area if area in known else first, kind if kind in KINDS else "", owners)


def work(wanted: Narrowed, kinds: Collection[str] | None = None) -> list[Item]:
    """Everything that waits there."""
    with read_session(site().engine) as session:
        return find_work(session, site().vocabulary, site().now().date(), areas=wanted.areas, kinds=kinds)


@pages.get("/desk/curation/")
def home() -> str:
    """The doors, what has waited longest, and what was done since yesterday."""
    wanted = narrowed()
    items = work(wanted)
    counts = Counter(item.kind for item in items)
    oldest = sorted((item for item in items if item.since), key=lambda item: (item.kind == "overdue", item.since, item.key))
    return render_template(
        "curation/home.html", done=frame.done_now(), total=len(items), kinds=doors(counts, wanted.kept),
        areas=area_ways("curation.home", _area_names(), wanted.area, {}),
        owners=owner_ways("curation.home", wanted.owners, wanted.area, {}),
        rows=[waiting_row(item, wanted.kept) for item in oldest[:OLDEST]], acts=recent(site().engine, door.now()),
        all_url=url_for("curation.queue", **wanted.kept))


@pages.get("/desk/curation/queue")
def queue() -> str:
    """Everything that waits."""
    return _queue()


@pages.post("/desk/curation/queue")
def confirm() -> Response | Redirect:
    """「変更なし・確認済」 for all that were ticked: the only thing that is decided for many at once."""
    how, ticked = request.form.get("how", ""), request.form.getlist("listing")
    if not ticked or how not in site().vocabulary.assured_how:
        return make_response(_queue(_("確認済にする掲載を選んで、確かめた方法を選んでください。")), 422)
    with frame.acting("assure", _("変更なし・確認済")) as act:
        for listing_id in dict.fromkeys(ticked):
            act.assure(listing_id, how, site().now().date())
    return redirect(_with_act(own_page(request.form.get("back")), act.id), 303)


@pages.post("/desk/curation/aside")
def aside() -> Redirect:
    """Leave something as it is: it was looked at, and does not wait any more."""
    kind, key = request.form.get("kind", ""), request.form.get("key", "")
    if kind not in KINDS or not KINDS[kind].aside or not key:
        raise InvalidRecord("これは、このままにできません。ひとつずつ決めてください。")
    set_aside(site().engine, kind, key, actor().display_name, request.form.get("why", ""), door.now())
    return frame.sent("curation.queue", "aside", kind=kind)


@pages.post("/desk/curation/acts/<act_id>/undo")
def undo(act_id: str) -> Redirect:
    """Take an act back, within its 24 hours; an import on its own page, in the background."""
    with read_session(site().engine) as session:
        imported = upload_of(session, act_id)
    if imported is not None:
        return redirect(url_for("uploads.show", upload_id=imported.id), 303)
    undone = undo_act(site().engine, act_id, actor().display_name, door.now())
    return frame.sent("curation.home", "undone_part" if undone.kept else "undone")


def beside(here: str) -> list[Waiting]:
    """What waits besides the proposal that is open, a few before it and after it."""
    wanted = narrowed()
    items = _proposals(wanted)
    place = next((number for number, item in enumerate(items) if item.key == here), 0)
    first = max(0, min(place - 2, len(items) - BESIDE))
    return [waiting_row(item, wanted.kept, here) for item in items[first:first + BESIDE]]


def next_url(here: str, **given: str) -> str:
    """Where to go from a proposal: the one after it, or the queue."""
    wanted = narrowed()
    items = _proposals(wanted)
    place = next((number for number, item in enumerate(items) if item.key == here), -1)
    others = [*items[place + 1:], *items[:max(place, 0)]]
    return page_of(others[0], {**wanted.kept, **given}) if others else url_for("curation.queue", **wanted.kept, **given)


def _proposals(wanted: Narrowed) -> list[Item]:
    return work(wanted, ("proposals", "vanished"))


def _with_act(back: str, act_id: str) -> str:
    address = back or url_for("curation.queue")
    return f"{address}{'&' if '?' in address else '?'}{frame.ACT}={act_id}"


def _queue(problem: str = "") -> str:
    wanted = narrowed()
    items = work(wanted)
    counts = Counter(item.kind for item in items)
    shown = [item for item in items if item.kind == wanted.kind] if wanted.kind else items
    page = frame.page_number()
    kind = {"kind": wanted.kind} if wanted.kind else {}
    here = url_for("curation.queue", **kind, **wanted.kept)
    part = shown[page * PAGE:(page + 1) * PAGE]
    return render_template(
        "curation/queue.html", done=frame.done_now(), total=len(shown), kind=KINDS.get(wanted.kind), here=here, problem=problem,
        rows=[waiting_row(item, wanted.kept, in_queue=True) for item in part],
        kinds=kind_ways(counts, wanted.kind, wanted.kept), ways=site().vocabulary.assured_how, page_size=PAGE,
        areas=area_ways("curation.queue", _area_names(), wanted.area, kind),
        owners=owner_ways("curation.queue", wanted.owners, wanted.area, kind),
        bulk=any(KINDS[item.kind].bulk for item in part),
        more=url_for("curation.queue", page=page + 1, **kind, **wanted.kept) if (page + 1) * PAGE < len(shown) else "")


def _area_names() -> list[str]:
    return [area.name for area in site().vocabulary.areas]
