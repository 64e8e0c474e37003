"""Which pages stand in the head of a desk? One table; who may not open a page is not shown it."""

from flask import current_app, g, request, url_for

from web.i18n import gettext as _
from web.navigation import Link
from web.staff.acts import ACTS, STAFF


def staff_pages() -> list[Link]:
    """The pages of whoever is signed in, those of their role first."""
    rows = [
        ("desk.home", _("ホーム")),
        ("desk.new", _("新しい参加者")),
        ("team.conferences", _("会議")),
    ]
    return [Link(label, url_for(endpoint), request.endpoint == endpoint) for endpoint, label in rows if _opens(endpoint)]


def _opens(endpoint: str) -> bool:
    who = g.get("signed_in")
    if who is None or endpoint not in current_app.view_functions:
        return False
    act = ACTS.get(endpoint, "")
    return act == STAFF or who.actor.may(act)
