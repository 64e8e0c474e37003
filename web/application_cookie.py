"""Where do the answers of 掲載希望 wait between two screens? In a cookie on the applicant's own machine, and nowhere else.

It goes to these pages only, no script and no other site reads it, and it ends when the form is sent, when 「やめる」 is
pressed, or after two hours without an answer. So going back works, and nothing lies on our side before it is sent.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping

from flask import Response, request

from directory.ways_in.applications import QUESTIONS, tidied
from web.addresses import full_address

COOKIE, PATH = "apply", "/apply"
# The number that was given, so that its page may be looked at again for a while.
NUMBER_COOKIE = "applied"
TWO_HOURS, TEN_MINUTES = 2 * 60 * 60, 10 * 60
# What every browser keeps of one cookie, name and attributes too, is 4,096.
LONGEST = 3_900


def read_answers() -> dict[str, str]:
    """What was answered so far; a cookie that is not ours says nothing."""
    try:
        given = json.loads(urlsafe_b64decode(request.cookies.get(COOKIE, "")[:LONGEST]))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(given, list) or len(given) != len(QUESTIONS) or not all(isinstance(one, str) for one in given):
        return {}
    return {question.key: tidied(question, text[:2 * question.longest])
            for question, text in zip(QUESTIONS, given, strict=True)}


def written(answers: Mapping[str, str]) -> str | None:
    """The cookie's text; None when it is too long to be kept."""
    said = json.dumps([answers.get(question.key, "") for question in QUESTIONS], ensure_ascii=False, separators=(",", ":"))
    text = urlsafe_b64encode(said.encode("utf-8", "replace")).decode()
    return text if len(text) <= LONGEST else None


def put(response: Response, name: str, value: str, seconds: int) -> None:
    """Keep it on the applicant's machine for these pages."""
    response.set_cookie(name, value, max_age=seconds, path=PATH, samesite="Lax", httponly=True, secure=_secure())


def take_away(response: Response, name: str = COOKIE) -> None:
    """Let the machine forget it."""
    response.delete_cookie(name, path=PATH, samesite="Lax", httponly=True, secure=_secure())


def _secure() -> bool:
    return full_address("/").startswith("https:")
