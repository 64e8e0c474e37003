"""What do all pages of one participant share? The heading, the ways to its other pages, what was done just now."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from werkzeug.wrappers import Response as Redirect

from directory import merges
from directory.db import read_session
from directory.listing import Listing
from matcher import casework
from matcher.access import CONFIDENTIAL, CONSENT, MANAGE, READ, READ_LOG, WRITE
from matcher.casework import Case
from web.addresses import full_address
from web.answer_forms import Words
from web.i18n import gettext as _
from web.site import site
from web.staff import door
from web.staff.guard import actor

DONE = "done"


@dataclass(frozen=True)
class Tab:
    """A page of the case; `here` on that page itself."""

    label: str
    url: str
    here: bool


def read_case(participant_id: str) -> Case:
    """The case of the address. Raises NotFound, whether it is missing or foreign."""
    return casework.read_case(door.desk(), actor(), participant_id, door.now())


def page(template: str, case: Case, tab: str, status: int = 200, **given: object) -> Response:
    """A page of this case."""
    return make_response(render_template(
        template, case=case, tabs=tabs(case, tab), done=done_words().get(request.args.get(DONE, ""), ""), **given), status)


def sent(endpoint: str, participant_id: str, done: str = "", **given: str) -> Redirect:
    """On to a page after something was done; it says what."""
    return redirect(url_for(endpoint, pid=participant_id, **({DONE: done} if done else {}), **given), 303)


def tabs(case: Case, here: str) -> list[Tab]:
    """The pages of a case this actor may open."""
    rows = [
        ("case.show", READ, _("条件")), ("candidates.show", WRITE, _("候補")), ("placements.show", READ, _("参加の記録")),
        ("notes.show", READ, _("メモ")), ("enquiries.show", WRITE, _("匿名照会")), ("consents.show", CONSENT, _("同意")),
        ("confidential.show", CONFIDENTIAL, _("会わない相手")), ("team.show", MANAGE, _("担当・会議")),
        ("access_log.show", READ_LOG, _("アクセス記録")),
    ]
    return [Tab(label, url_for(endpoint, pid=case.id), endpoint == here) for endpoint, act, label in rows if act in case.acts]


def done_words() -> dict[str, str]:
    """What was done, by the key that stands in the address."""
    return {
        "saved": _("保存しました。"), "opened": _("記録を作りました。"), "kept": _("ためした条件を保存しました。"),
        "pinned": _("上に留めました。"), "hidden": _("一覧からかくしました。"), "back": _("もとにもどしました。"),
        "excluded": _("この場所を除きました。わけは残していません。"), "asked": _("SCに確認を頼みました。参加者のことは伝わりません。"),
        "introduced": _("本人への提案として記録し、席をとりました。"), "advanced": _("段階を記録しました。"),
        "override": _("理由を記録しました。"), "consent": _("同意を記録しました。"), "withdrawn": _("同意の取り下げを記録しました。"),
        "noted": _("メモを保存しました。"), "enquired": _("SCに照会しました。参加者のことは伝わりません。"),
        "assigned": _("担当を変えました。"), "conference": _("会議を変えました。"), "renamed": _("呼び名を変えました。"),
        "removed": _("取り消しました。"), "erased": _("記録を消しました。もとにはもどせません。"),
        "emergency": _("緊急に開きました。時間がくると閉じます。重層コーディネーターに伝わっています。"),
        "ended": _("緊急に開いた記録を閉じました。"), "taken-note": _("確かめたことを記録しました。"),
    }


def listing_address(listing_id: str) -> str:
    """The public page of a listing: here, or on the public site where this process serves staff only."""
    served = "public.listing" in current_app.view_functions
    return url_for("public.listing", listing_id=listing_id) if served else full_address(f"/listings/{listing_id}")


def words() -> Words:
    """What answers are chosen from."""
    return Words(door.desk().vocabulary, door.listings().places)


def gone_into(ids: Iterable[str]) -> dict[str, str]:
    """What casework keeps are ids of the day: where the listings are now that were merged away since."""
    with read_session(site().engine) as session:
        return merges.gone_into(session, ids)


def listings(ids: list[str]) -> dict[str, Listing]:
    """Listings staff may see, by the id that was kept; one that was withdrawn is left out."""
    moved = gone_into(ids)
    now = {one: moved.get(one, one) for one in ids}
    found = {one.id: one for one in door.listings().cards.get(list(dict.fromkeys(now.values())))}
    return {one: found[into] for one, into in now.items() if into in found}


def names(ids: list[str]) -> dict[str, str]:
    """Their names."""
    return {one: listing.name for one, listing in listings(ids).items()}
