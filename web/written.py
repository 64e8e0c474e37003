"""What is done with words before they are sent to the city? Need is answered at once, machines are let go, no copy stays."""

from flask import Response, request

from directory.search import read_parameters, search
from directory.text import UrgentHelp
from web.site import site

# A box no person sees. What fills it in is a program: it is thanked like everybody, and nothing is kept.
TRAP = "homepage"


def urgent_help(words: str) -> tuple[UrgentHelp, ...]:
    """Who listens right now, when these words are of somebody in need."""
    if not words:
        return ()
    now = site().now()
    catalog = site().keeper.current(now)
    return tuple(search(catalog, read_parameters([("q", words[:200])], catalog), now).urgent)


def is_trapped() -> bool:
    """True when the form was filled in by a program."""
    return bool(request.form.get(TRAP))


def unkept(response: Response) -> Response:
    """What somebody wrote stays in no copy on a shared telephone."""
    response.headers["Cache-Control"] = "no-store"
    return response
