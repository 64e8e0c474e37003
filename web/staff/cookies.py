"""What does a browser keep of a sign-in? A random token until it is closed, and for a year the mark of this computer.

Under https the names begin with `__Host-`: no other host and no plain page can set them. On http, which is for one's own
machine only (scripts/run), browsers refuse that prefix, so the same names stand without it.
"""

import secrets

from flask import Response, request

from web.addresses import full_address

SESSION, DEVICE = "desk", "desk-device"
PREFIX = "__Host-"
A_YEAR = 365 * 24 * 60 * 60
LONGEST = 200


def token() -> str:
    """The token this request came with; empty when there is none."""
    return request.cookies.get(_name(SESSION), "")[:LONGEST]


def device() -> str | None:
    """The mark of this computer from an earlier sign-in."""
    return request.cookies.get(_name(DEVICE), "")[:LONGEST] or None


def new_token() -> str:
    """A token that opens nothing: it only ties the form of the sign-in page to this browser."""
    return secrets.token_urlsafe(32)


def give_token(response: Response, value: str) -> None:
    """Put a token into the browser; an empty one takes it away.

    Lax, not Strict: a link from the groupware leads to the page and not to a second sign-in. Forms carry their own token.
    """
    if not value:
        response.delete_cookie(_name(SESSION), secure=_secure(), httponly=True, samesite="Lax")
        return
    response.set_cookie(_name(SESSION), value, secure=_secure(), httponly=True, samesite="Lax")


def give_device(response: Response, mark: str) -> None:
    """Let the browser know this computer again."""
    response.set_cookie(
        _name(DEVICE), mark, max_age=A_YEAR, secure=_secure(), httponly=True, samesite="Strict")


def _secure() -> bool:
    return full_address("/").startswith("https:")


def _name(name: str) -> str:
    return f"{PREFIX}{name}" if _secure() else name
