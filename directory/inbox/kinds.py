"""What can be put into the inbox? Each kind is a row: its Japanese name, how exact its time is, what it holds."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.errors import InvalidRecord

# A row larger than this is nobody's report; the largest honest one is a batch of marks.
LARGEST_BODY = 60_000
MARK = re.compile(r"[0-9a-f]{16}")
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
DAY = re.compile(r"20\d\d-\d\d-\d\d")
# What PostgreSQL or UTF-8 cannot hold.
UNWRITABLE = re.compile("[\0\ud800-\udfff]")
# Names of pages, parameters and terms.
KEY = re.compile(r"[a-z0-9_]{0,60}")
LISTING = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True)
class Kind:
    """`checks`: field → what it must be; a field not named is refused. `by_the_hour`: the time is cut to the hour."""

    label: str
    checks: Mapping[str, Callable[[object], bool]]
    required: tuple[str, ...]
    by_the_hour: bool = False

    def moment(self, now: datetime) -> datetime:
        """The time that is kept."""
        return now.replace(minute=0, second=0, microsecond=0) if self.by_the_hour else now.replace(microsecond=0)


def _text(longest: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest and not UNWRITABLE.search(value)


def _matching(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def _count(value: object) -> bool:
    return type(value) is int and 0 <= value < 10_000_000


def _marks(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(mark, str) and MARK.fullmatch(mark) for mark in value)


def _views(value: object) -> bool:
    return isinstance(value, dict) and all(
        KEY.fullmatch(page) and len(page) <= 20 and _count(count) for page, count in value.items())


def _cells(value: object) -> bool:
    """Rows of 地域, parameter, term, searches, empty ones among them."""
    return isinstance(value, list) and all(
        isinstance(cell, list) and len(cell) == 5 and _text(60)(cell[0]) and all(map(_matching(KEY), cell[1:3]))
        and all(map(_count, cell[3:])) and cell[4] <= cell[3]
        for cell in value)


def _keys(value: object) -> bool:
    return isinstance(value, list) and len(value) <= 12 and all(map(_matching(KEY), value))


def _levels(value: object) -> bool:
    """Load key → level 0–4."""
    return isinstance(value, dict) and all(
        KEY.fullmatch(load) and type(level) is int and 0 <= level <= 4 for load, level in value.items())


def _weekdays(value: object) -> bool:
    return isinstance(value, list) and all(type(day) is int and 0 <= day <= 6 for day in value)


def _minute(value: object) -> bool:
    return type(value) is int and 0 <= value <= 24 * 60


def _changes(value: object) -> bool:
    """Value name → what a group says it is now."""
    return isinstance(value, dict) and len(value) <= 12 and all(
        re.fullmatch(r"[a-z_.]{1,60}", name) and _text(SHORT * 2)(said) for name, said in value.items())


LONG, SHORT = 2_000, 200
HASH, TOKEN = re.compile(r"[0-9a-f]{64}"), re.compile(r"[A-Za-z0-9_-]{22}")

KINDS: Mapping[str, Kind] = {
    "report": Kind("情報が違います", {
        "listing": _matching(LISTING), "about": _matching(KEY), "words": _text(LONG), "contact": _text(SHORT),
    }, ("listing", "about")),
    # Its questions: directory/ways_in/applications.py. `mark`: the hash of the reference number
    "application": Kind("掲載希望", {
        "mark": _matching(HASH), **{name: _text(SHORT) for name in (
            "organization", "name", "when", "place", "who", "fee", "phone", "contact_name", "contact")},
        "words": _text(LONG), "consent": _text(1),
    }, ("mark", "name")),
    # With the token itself: whoever reads the snapshot, where only its hash stands, can send none
    "update": Kind("団体からの更新", {
        "token": _matching(TOKEN), "answer": _matching(re.compile("same|changed")), "changes": _changes,
        "words": _text(LONG),
    }, ("token", "answer")),
    "wish": Kind("この言葉を市に伝える", {"words": _text(SHORT), "area": _text(60)}, ("words",)),
    "viewers": Kind("閲覧ユーザー", {"month": _matching(MONTH), "marks": _marks, "views": _views},
                    ("month", "marks", "views"), by_the_hour=True),
    "demand": Kind("探された言葉の数", {"day": _matching(DAY), "cells": _cells}, ("day", "cells"), by_the_hour=True),
}


# What the worker desk asks the SC (directory/inbox/questions.py): keys of the vocabulary and numbers, no free word.
QUESTIONS: Mapping[str, Kind] = {
    "confirm": Kind("SCに確認を頼む", {"listing": _matching(LISTING), "attribute": _matching(KEY)},
                    ("listing", "attribute"), by_the_hour=True),
    "enquiry": Kind("匿名照会", {
        "needs": _keys, "area": _text(20), "loads": _levels, "weekdays": _weekdays, "from": _minute, "until": _minute,
    }, ("needs",), by_the_hour=True),
}


def check(kind: str, body: Mapping[str, object], kinds: Mapping[str, Kind] = KINDS) -> Kind:
    """The kind's row. Raises InvalidRecord when `body` is not what the kind may hold; its text is not repeated."""
    row = kinds.get(kind)
    if row is None:
        raise InvalidRecord("この種類の連絡は受け取れません。")
    if not isinstance(body, dict) or len(json.dumps(body, ensure_ascii=False)) > LARGEST_BODY:
        raise InvalidRecord(f"「{row.label}」の内容が大きすぎるか、形が違います。みじかくして、もう一度送ってください。")
    wrong = [name for name, value in body.items() if name not in row.checks or not row.checks[name](value)]
    missing = [name for name in row.required if not body.get(name) and name not in ("marks", "views", "cells")]
    if wrong or missing:
        raise InvalidRecord(f"「{row.label}」のうち、入っていないか長すぎるところがあります。直して、もう一度送ってください。")
    return row
