"""Which places has this reader set aside? Their ids in a cookie, fifty at most; nobody else learns of it."""

import re
from collections.abc import Iterable

from flask import Flask, g, has_request_context, request

from web.presenters.sharing import share_place

COOKIE = "my_list"
MOST = 50
_ID = re.compile(r"(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])")
# Fifty ids and what stands between them; of a longer text only the beginning is looked at.
LOOKED_AT = 37 * MOST * 2


def register(app: Flask) -> None:
    """Templates ask `my_list()` whether a place is on the list, and `here()` for the way back to their page."""
    app.jinja_env.globals.update(my_list=my_list, here=here, share_place=share_place)


def my_list() -> tuple[str, ...]:
    """The ids on the list of whoever asks, oldest first."""
    if not has_request_context():
        return ()
    if "my_list" not in g:
        g.my_list = read_ids(request.cookies.get(COOKIE, ""))
    return g.my_list


def read_ids(text: str) -> tuple[str, ...]:
    """The first fifty ids of a cookie or an address; whatever is no id is passed over."""
    return tuple(dict.fromkeys(_ID.findall(text[:LOOKED_AT])))[:MOST]


def written(ids: Iterable[str]) -> str:
    """As the cookie holds them."""
    return ".".join(ids)


def here() -> str:
    """The path of the page being shown, with its question."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"
