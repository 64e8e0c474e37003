"""What do all pages of the curation desk share? Who acts, the listing being worked on, its preview, what was done just now."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import redirect, request, url_for
from sqlalchemy import true
from werkzeug.wrappers import Response as Redirect

from directory.curation.acting import Act
from directory.curation.acting import acting as directory_acting
from directory.curation.fields import FIELDS
from directory.curation.offering import OF_THE_CITY, areas_offered, halls_offered
from directory.curation.values import found, marks_of, shared_with, values_of_record
from directory.db import read_session
from directory.inbox.kinds import UNWRITABLE
from directory.listing import Listing
from directory.listing_rows import DESK, PUBLIC, listings_of
from web.i18n import gettext as _
from web.presenters.curation.acts import Done, done_act
from web.presenters.curation.control_rows import Around
from web.presenters.curation.sections import Stored
from web.presenters.listing import ListingPage, listing_page
from web.site import site
from web.staff import door
from web.staff.guard import actor

ACT, DONE = "act", "done"


class _Seen(Exception):
    """Carries a preview out of the transaction that is given up."""


@contextmanager
def acting(kind: str, why: str) -> Iterator[Act]:
    """One act of whoever is signed in."""
    with directory_acting(site().engine, by=actor().display_name, kind=kind, why=why, now=door.now()) as act:
        yield act


def stored(listing_id: str) -> Stored:
    """The listing as the directory has it now, whatever its state. Raises NotFound."""
    with read_session(site().engine) as session:
        record = found(session, listing_id)
        return Stored(
            listing_id, record.name or record.service.name, record.version, record.status, values_of_record(record),
            shared_with(session, listing_id), marks_of(session, listing_id))


def desk_listing(listing_id: str) -> Listing:
    """The listing as staff see it, whatever its state."""
    with read_session(site().engine) as session:
        return listings_of(session, [listing_id], true(), DESK)[0]


def version() -> int | None:
    """The version of the listing the form was made for."""
    return number(request.form.get("version", ""))


def number(text: str) -> int | None:
    """A whole number from a form or an address, small enough for any database; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def asked_words() -> str:
    """What is searched for, without what no database can hold."""
    return UNWRITABLE.sub("", request.args.get("q", "")).strip()[:80]


def page_number() -> int:
    """Which page of a list is asked for, from 0."""
    return number(request.args.get("page", "")) or 0


def around(
    stored_now: Stored, errors: Mapping[str, str], hidden: Collection[str], prefix: str = "", asks_who_sees: bool = True
) -> Around:
    """What the controls of a form about this listing need."""
    with read_session(site().engine) as session:
        areas = areas_offered(session, site().vocabulary)
    return Around(
        vocabulary=site().vocabulary, today=site().now().date(), errors=errors, hidden=frozenset(hidden),
        doubts=frozenset(stored_now.doubts), areas=areas, zones=zones(),
        halls=halls(), prefix=prefix, asks_who_sees=asks_who_sees)


def zones() -> dict[str, str]:
    """Key → name of the land and every island."""
    return {key: zone.label for key, zone in site().city.zones.items()}


def own_areas() -> list[tuple[str, str]]:
    """The city's own areas."""
    return [(OF_THE_CITY, area.name) for area in site().vocabulary.areas]


def halls() -> dict[str, str]:
    """Id → name of every hall that has one."""
    with read_session(site().engine) as session:
        return halls_offered(session)


def preview(stored_now: Stored, values: Mapping[str, Any] | None = None) -> ListingPage | None:
    """The public page as it would be with these values; None where the public would see nothing of it.

    The values are written and read back inside a transaction that is then given up, so that what is shown is what would be.
    """
    if values is None:
        with read_session(site().engine) as session:
            return _public(session, stored_now.listing_id)
    fit = {key: value for key, value in values.items() if value is not None or not FIELDS[key].required}
    try:
        with acting("preview", "") as act:
            act.change(stored_now.listing_id, fit)
            act.session.flush()
            raise _Seen(_public(act.session, stored_now.listing_id))
    except _Seen as seen:
        return seen.args[0]


def _public(session: Any, listing_id: str) -> ListingPage | None:
    shown = next(iter(listings_of(session, [listing_id], true(), PUBLIC)), None)
    if shown is None or shown.visibility != "public":
        return None
    return listing_page(shown, site().vocabulary, site().city, site().now())


def done(endpoint: str, act_id: str, **given: str) -> Redirect:
    """On to a page after an act; it offers the way back."""
    return redirect(url_for(endpoint, **given, **{ACT: act_id}), 303)


def sent(endpoint: str, done: str = "", **given: str) -> Redirect:
    """On to a page after something that is no act; it says what."""
    return redirect(url_for(endpoint, **given, **({DONE: done} if done else {})), 303)


def done_now() -> Done | None:
    """What was done just now, from the address of the page."""
    words = _done_words().get(request.args.get(DONE, ""))
    if words:
        return Done(words)
    return done_act(site().engine, request.args.get(ACT, ""), door.now())


def _done_words() -> dict[str, str]:
    return {
        "draft": _("書きかけを残しました。"), "thrown": _("書きかけを消しました。"), "undone": _("取り消して、もとの内容にもどしました。"),
        "closed": _("対応ずみにしました。"), "same": _("変わったところはありませんでした。"),
        "post_same": _("「変わりなし」と記録し、確かめた日を新しくしました。つぎの番号をどうぞ。"),
        "post_changed": _("変わったところを提案にしました。つぎの番号をどうぞ。"),
        "post_gone": _("届かなかったと記録しました。つぎの番号をどうぞ。"),
        "aside": _("このままにしました。もう待っているものには出ません。"), "answered": _("返事をしました。"),
        "called": _("電話の結果を残しました。"), "duty": _("担当を変えました。"), "handed_over": _("引きつぎました。"),
        "worded": _("用語を変えました。2秒ほどで検索に使われます。"), "unworded": _("用語をもとにもどしました。"),
        "undone_part": _("取り消しました。そのあとに直したところは、そのまま残っています。"),
    }
