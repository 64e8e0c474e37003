"""Which words may somebody be typing into the box? A short list as JSON; the box works without it."""

from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request

from directory.suggest import Suggestions
from web.i18n import gettext as _
from web.site import site

pages = Blueprint("suggestions", __name__)

SECONDS_KEPT = 60
LABELS: dict[str, Callable[[], str]] = {
    "kind": lambda: _("種類"), "need": lambda: _("したいこと"), "word": lambda: _("こんな言葉でも"),
    "place": lambda: _("地域・町"), "name": lambda: _("名前"),
}


@pages.get("/suggest")
def suggest() -> Response:
    """Up to eight words that find something. Words that lead nowhere, urgent ones too, leave no copy on the telephone."""
    words = request.args.get("q", "")
    found = site().keeper.current(site().now()).once(Suggestions.of).complete(words)
    response = jsonify(suggestions=[{"text": it.text, "group": LABELS[it.group]()} for it in found])
    if not found:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = f"private, max-age={SECONDS_KEPT}"
    response.add_etag(weak=True)
    return response.make_conditional(request)
