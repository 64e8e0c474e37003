"""How does this reader want the pages shown? Size of letters, ふりがな and やさしい日本語, kept in a cookie of six letters."""

import re
from dataclasses import dataclass

from flask import Flask, Response, g, has_request_context, request

from web.addresses import full_address

COOKIE = "display"
A_YEAR = 365 * 24 * 60 * 60
SIZES = (1, 2, 3)
_WRITTEN = re.compile("s([123])f([01])e([01])")


@dataclass(frozen=True)
class Reader:
    """1 is the usual size of letters, 3 the largest."""

    size: int = 1
    furigana: bool = False
    easy: bool = False

    @property
    def cookie(self) -> str:
        """As the cookie holds it."""
        return f"s{self.size}f{self.furigana:d}e{self.easy:d}"


USUAL = Reader()


def register(app: Flask) -> None:
    """Templates ask `reader()`; a page kept by the browser is another one for another setting."""
    app.jinja_env.globals["reader"] = reader

    @app.after_request
    def pages_differ_by_cookie(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.vary.add("Cookie")
        return response


def reader() -> Reader:
    """The settings of whoever asks for the page being made."""
    try:
        return g.reader  # asked for by every text of a page
    except AttributeError:
        g.reader = read_cookie(request.cookies.get(COOKIE)) if has_request_context() else USUAL
        return g.reader
    except RuntimeError:  # outside of any request, as where a sheet is drawn by a script
        return USUAL


def read_cookie(text: str | None) -> Reader:
    """What a cookie says; a cookie that is not ours says nothing."""
    found = _WRITTEN.fullmatch(text or "")
    if not found:
        return USUAL
    size, furigana, easy = found.groups()
    return Reader(int(size), furigana == "1", easy == "1")


def keep(response: Response, name: str, value: str, seconds: int = A_YEAR) -> None:
    """Put a cookie of ours on the reader's machine: no script reads it, no other site sends it. An empty one goes."""
    secure = full_address("/").startswith("https:")
    if not value:
        response.delete_cookie(name, samesite="Lax", httponly=True, secure=secure)
        return
    response.set_cookie(name, value, max_age=seconds, samesite="Lax", httponly=True, secure=secure)
