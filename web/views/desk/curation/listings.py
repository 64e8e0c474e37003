"""Which listings does the desk keep, and what is known of each?"""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from directory.curation import drafts
from directory.curation.fields import GROUPS
from directory.curation.proposals import open_proposals
from directory.db import read_session
from directory.models import Location, Organization, Service, ServiceAtLocation
from web.i18n import gettext as _
from web.presenters.curation.drafts import Draft, new_drafts
from web.presenters.curation.queue import Way
from web.presenters.curation.sections import Stored, sections
from web.presenters.curation.states import moves, reasons_today, state_of, statuses
from web.presenters.dates import day_in_words
from web.presenters.desk.saying import moment
from web.presenters.facts import assured_in_full
from web.site import site
from web.staff.guard import actor
from web.views.desk.curation import frame

pages = Blueprint("listings", __name__)

PAGE = 40
LISTING = "/desk/curation/listings/<listing_id>"


@dataclass(frozen=True)
class Row:
    """A listing in a list."""

    id: str
    url: str
    name: str
    facts: tuple[str, ...]


@pages.get("/desk/curation/listings")
def index() -> str:
    """Every listing, by name; narrowed by words and by state."""
    words, status = frame.asked_words(), request.args.get("status", "")
    page = frame.page_number()
    known = statuses()
    with read_session(site().engine) as session:
        counts: dict[str, int] = {row[0]: row[1] for row in session.execute(
            select(ServiceAtLocation.status, func.count()).group_by(ServiceAtLocation.status))}
        wanted = _matching(words, status if status in known else "")
        total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        rows = _rows(session, wanted.offset(page * PAGE).limit(PAGE))
    keep = {"q": words} if words else {}
    ways = [Way(_("すべて"), url_for("listings.index", **keep), not status, sum(counts.values())), *(
        Way(label, url_for("listings.index", status=key, **keep), key == status, counts.get(key, 0))
        for key, label in known.items())]
    more = url_for("listings.index", page=page + 1, **keep, **({"status": status} if status else {}))
    return render_template(
        "curation/listings.html", rows=rows, total=total, q=words, status=status, states=ways, page_size=PAGE,
        more=more if (page + 1) * PAGE < total else "", drafts=_drafts() if not words else (), done=frame.done_now())


@pages.get(LISTING)
def show(listing_id: str) -> str:
    """Everything that is known of it."""
    return listing_page(frame.stored(listing_id))


def listing_page(stored: Stored, problem: str = "") -> str:
    """The page of one listing."""
    shown, today = frame.desk_listing(stored.listing_id), site().now().date()
    return render_template(
        "curation/listing.html", stored=stored, state=state_of(stored, shown, today), assured=assured_in_full(shown, today),
        sections=sections(stored, site().vocabulary, frame.zones()),
        page=frame.preview(stored), ways=site().vocabulary.assured_how,
        reasons=reasons_today(), today=day_in_words(today, today), moves=moves(stored.status), typed=request.form,
        waiting=_waiting(stored.listing_id), problem=problem, done=frame.done_now())


def _matching(words: str, status: str) -> Select:
    query = (
        select(ServiceAtLocation.id, ServiceAtLocation.name, Service.name.label("service"), ServiceAtLocation.status,
               Organization.name.label("organization"), Location.name.label("place"), Location.town)
        .join(Service, ServiceAtLocation.service_id == Service.id)
        .join(Organization, Service.organization_id == Organization.id)
        .outerjoin(Location, ServiceAtLocation.location_id == Location.id)
        .order_by(func.coalesce(Service.name_kana, Service.name), ServiceAtLocation.id))
    if status:
        query = query.where(ServiceAtLocation.status == status)
    for word in words.split():
        query = query.where(_holds(word))
    return query


def _holds(word: str) -> ColumnElement[bool]:
    columns = (ServiceAtLocation.name, ServiceAtLocation.name_kana, Service.name, Service.name_kana, Organization.name,
               Location.name, Location.town)
    return or_(*(column.contains(word, autoescape=True) for column in columns))


def _rows(session: Session, query: Select) -> list[Row]:
    labels = statuses()
    return [Row(row.id, url_for("listings.show", listing_id=row.id), row.name or row.service, tuple(filter(None, (
        labels.get(row.status, row.status), row.organization, row.place, row.town)))) for row in session.execute(query)]


def find_listings(words: str) -> list[Row]:
    """The first listings these words find, in service only."""
    with read_session(site().engine) as session:
        return _rows(session, _matching(words, "published").limit(PAGE))


def alike(name: str) -> list[Row]:
    """The first listings of any state that a new one of this name could be."""
    with read_session(site().engine) as session:
        return _rows(session, _matching(name, "").limit(3))


def _waiting(listing_id: str) -> list[dict[str, str]]:
    with read_session(site().engine) as session:
        return [{"url": url_for("proposals.show", proposal_id=one.id), "what": f"{one.reason_label}　{moment(one.created)}"}
                for one in open_proposals(session, listing_id)]


def _drafts() -> list[Draft]:
    """What whoever is signed in has not finished: of listings that are there, and of new ones."""
    mine = drafts.drafts(site().engine, actor().staff_id)
    with read_session(site().engine) as session:
        names = {row.id: row.name for row in _rows(session, _matching("", "").where(
            ServiceAtLocation.id.in_([one.listing_id for one in mine if one.section in GROUPS])))}
    return [*new_drafts(mine), *(
        Draft(url_for("edit.show", listing_id=one.listing_id, section=one.section), names[one.listing_id],
              GROUPS[one.section], moment(one.saved_at))
        for one in mine if one.section in GROUPS and one.listing_id in names)]
