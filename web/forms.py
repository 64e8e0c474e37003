"""Did this form come from one of our own pages? Without a login there is no session to bind a token to.

Browsers since 2020 say where a form came from (Sec-Fetch-Site). Older ones may only say their Origin, or nothing,
because our pages send no referrer: these are asked once more on a page of ours, and the cookie of that page, which no
other site can send along (SameSite), is the proof. So nobody is shut out, and no other site can press our buttons.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request

from web.reader import keep

ASKED = "asked"
TEN_MINUTES = 600


def is_ours() -> bool:
    """True when the form being answered stood on a page of this site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "null")
    if origin != "null":
        return origin == f"{request.scheme}://{request.host}"
    return ASKED in request.cookies


def ask_again(sentence: str, button: str, fields: Mapping[str, str]) -> Response:
    """The page that asks whether the reader really pressed that button."""
    page = render_template(
        "public/ask_again.html", sentence=sentence, button=button, fields=fields, action=request.path)
    response = make_response(page, 403)
    keep(response, ASKED, "1", TEN_MINUTES)
    return response


def way_back(address: str | None, otherwise: str) -> str:
    """A path on this site to go back to; anything else is not followed."""
    if not address or len(address) > 2_000 or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    tidy = address.isprintable() and "\\" not in address and not parts.scheme and not parts.netloc
    return address if tidy else otherwise
