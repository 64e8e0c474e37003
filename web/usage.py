"""How is a look at a page counted without making the reader wait? After the answer has gone, without knowing who."""

import logging
from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, g, request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from directory.db import make_engine
from directory.inbox import Inbox
from directory.inbox.pulling import pull
from directory.search import SearchPage
from directory.settings import Settings
from directory.usage import UsageRecorder
from directory.usage.pages import OTHER
from web.private import is_private
from web.site import KEY as SITE

KEY = "yoridokoro-usage"

log = logging.getLogger(__name__)

# Endpoint → the kind of page it is counted as; a page not named here is OTHER.
KINDS: dict[str, str] = {
    "home.home": "home",
    "public.search": "search",
    "public.listing": "listing",
    "calendar.calendar": "calendar",
    "places.area": "area", "places.areas": "area",
    "places.category": "category", "places.categories": "category",
    "monthly.monthly": "monthly",
    "guidance.consult": "consult",
    "guidance.family": "family",
    "for_me.ask": "for_me",
    "about.about": "about", "about.accessibility": "about", "about.privacy": "about", "viewers.viewers": "about",
}
# A blueprint whose pages are all of one kind.
KINDS_OF_BLUEPRINTS: dict[str, str] = {"my_list": "my_list", "paper": "print"}
# Pages for those who build the site.
NOT_COUNTED = ("patterns",)


def register(app: Flask, settings: Settings, *, takes_over: bool) -> None:
    """Count after each answer. `takes_over`: this process serves the directory itself, not a snapshot of it."""
    the_site = app.extensions[SITE]
    then = _taking_over(settings, the_site.engine) if takes_over else None
    try:
        recorder = UsageRecorder.open(settings, the_site.now, then)
    except (SQLAlchemyError, OSError) as error:
        log.warning("Nothing is counted, for the inbox cannot be opened: %s", type(error).__name__)
        return
    app.extensions[KEY] = recorder

    @app.after_request
    def count(response: Response) -> Response:
        if _is_look(response):
            response.call_on_close(_counting(recorder))
        return response


def remember_search(page: SearchPage) -> None:
    """Tell what this request looked for; it is counted when a person asked."""
    g.search_page = page


def _is_look(response: Response) -> bool:
    """A page the public sees: not a desk, not a file, not an error, not read ahead by a browser, not a part of a page."""
    return (
        request.method == "GET" and request.blueprint not in (None, *NOT_COUNTED) and not is_private()
        and (response.status_code == 304 or (response.status_code == 200 and response.mimetype == "text/html"))
        and "prefetch" not in request.headers.get("Sec-Purpose", "") and "HX-Request" not in request.headers
    )


def _counting(recorder: UsageRecorder) -> Callable[[], None]:
    """What is to be done once the answer has gone; the request is not there any more by then."""
    address, user_agent = request.remote_addr, request.headers.get("User-Agent")
    kind = KINDS.get(request.endpoint or "") or KINDS_OF_BLUEPRINTS.get(request.blueprint or "", OTHER)
    searched: SearchPage | None = g.get("search_page")

    def count() -> None:
        if recorder.page_seen(address, user_agent, kind) and searched is not None:
            recorder.searched(searched)

    return count


def _taking_over(settings: Settings, directory: Engine) -> Callable[[datetime], object]:
    """Carry what waits in the inbox into the directory, whose own process this is."""
    inbox = Inbox(make_engine(settings.inbox_url))
    return lambda now: pull(inbox, directory, now)
