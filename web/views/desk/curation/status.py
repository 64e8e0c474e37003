"""How does a listing change its state? Publish, pause, close, reopen; confirmed without a change; called off for today."""

from datetime import date

from flask import Blueprint, Response, make_response, request
from werkzeug.wrappers import Response as Redirect

from directory.errors import InvalidRecord
from web.i18n import gettext as _
from web.presenters.curation.states import statuses
from web.site import site
from web.views.desk.curation import frame
from web.views.desk.curation.listings import LISTING, listing_page

pages = Blueprint("status", __name__)


@pages.post(f"{LISTING}/status")
def change(listing_id: str) -> Response | Redirect:
    """Publish, pause (until when, why), close (why), reopen."""
    status, why = request.form.get("status", ""), request.form.get("why", "").strip()[:400]
    label = statuses().get(status, "")
    try:
        until = _day(request.form.get("until", ""))
        with frame.acting("status", _("%(state)sにした", state=label)) as act:
            act.status(listing_id, status, until=until, reason=why or None, version=frame.version())
    except InvalidRecord as error:
        return make_response(listing_page(frame.stored(listing_id), str(error)), 422)
    return frame.done("listings.show", act.id, listing_id=listing_id)


@pages.post(f"{LISTING}/assure")
def assure(listing_id: str) -> Redirect:
    """「変更なし・確認済」: somebody asked, and everything is as it stands here."""
    how = request.form.get("how", "")
    if how not in site().vocabulary.assured_how:
        raise InvalidRecord("確かめた方法を、並んでいるものから選んでください。")
    with frame.acting("assure", _("変更なし・確認済")) as act:
        act.assure(listing_id, how, site().now().date())
    return frame.done("listings.show", act.id, listing_id=listing_id)


@pages.post(f"{LISTING}/today")
def call_off(listing_id: str) -> Redirect:
    """「本日中止」: the first press opened the reasons, this is the second."""
    with frame.acting("cancel", _("本日中止")) as act:
        act.cancel(listing_id, site().now().date(), request.form.get("reason", "").strip()[:200] or _("中止"))
    return frame.done("listings.show", act.id, listing_id=listing_id)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidRecord("いつまでかを、2026-11-24 の形で入れてください。") from error
