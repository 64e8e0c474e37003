"""What does one item of a list look like? A schedule, a fee row, a role, an attribute, an area, a day without meeting.

Each function takes what a form, a proposal or the importer says and gives the one shape the directory compares and keeps.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from directory import schedules
from directory.curation.fields import PER, STAGES
from directory.listing import NO, UNKNOWN, YES
from directory.vocabulary import Vocabulary

TIMETABLE = "予定表"
SPACES = re.compile(r"[ \t\r\n\v\f\xa0\u2028\u2029]+")
LONGEST, LONGEST_PHRASE, MOST_LEVEL, MOST_YEN = 400, 1_000, 4, 10_000_000
FIRST_YEAR, LAST_YEAR = 1950, 2200


class Wrong(ValueError):
    """What was typed cannot be written; the text is a whole Japanese sentence that repeats nothing of it."""


def schedule(given: Any, _words: Vocabulary | None = None) -> dict[str, Any]:
    """{phrase, note, location_id, valid_from, valid_to, plan}; only a 予定表 carries its plan: its phrase says no date."""
    item = {"phrase": given} if isinstance(given, str) else _mapping(given)
    plan = item.get("plan")
    if item.get("dates"):
        plan = timetable(item["dates"])
    phrase = TIMETABLE if plan else _line(item.get("phrase"), LONGEST_PHRASE, keep_lines=True)
    if not phrase:
        raise Wrong("日時を入れてください。")
    if plan:
        try:
            schedules.Schedule.from_json(plan)
        except ValueError:
            raise Wrong("予定表が読めません。もう一度入れてください。") from None
    return {
        "phrase": phrase, "note": _line(item.get("note")), "location_id": item.get("location_id") or None,
        "valid_from": optional_day(item.get("valid_from")), "valid_to": optional_day(item.get("valid_to")), "plan": plan,
    }


def timetable(rows: Iterable[Sequence[Any]]) -> str:
    """The plan of typed days: rows of (day, start or None, end or None, note), days as 2026-11-24, times as 10:00."""
    try:
        typed = [(date.fromisoformat(str(row[0])), _time(row[1]), _time(row[2]), " ".join(map(str, row[3:4]))[:200])
                 for row in rows]
    except (ValueError, IndexError, TypeError):
        raise Wrong("予定表の日と時刻を確かめてください。例：2026-11-24 10:00") from None
    plan = schedules.from_dates(typed)
    if not plan.rules:
        raise Wrong("予定表の日を入れてください。")
    return plan.to_json()


@lru_cache(maxsize=2_000)
def understood(phrase: str) -> schedules.Schedule:
    """What a phrase means."""
    return schedules.parse(phrase)


def meaning(item: Mapping[str, Any]) -> schedules.Schedule:
    """What one schedule means: a 予定表 by its plan, any other by its phrase."""
    return schedules.Schedule.from_json(item["plan"]) if item.get("plan") else understood(item["phrase"])


def fee(given: Any, _words: Vocabulary | None = None) -> dict[str, Any]:
    """{per, yen (None: 実費), for_whom, note, first_free}; the importer's four cells as well."""
    if isinstance(given, (list, tuple)) and len(given) == 4:
        given = dict(zip(("per", "yen", "for_whom", "note"), given, strict=True))
    item = _mapping(given)
    per = _line(item.get("per"), 60)
    if not per:
        raise Wrong(f"費用は、{'、'.join(PER)} のどれかを選んでください。")
    return {
        "per": per, "yen": None if item.get("yen") in (None, "") else whole(item["yen"], MOST_YEN),
        "for_whom": _line(item.get("for_whom")), "note": _line(item.get("note"), 2_000, keep_lines=True),
        "first_free": item.get("first_free") in (True, "yes", "on", "1"),
    }


def role(given: Any, vocabulary: Vocabulary | None = None) -> dict[str, Any]:
    """{id (kept where it is known), name, what, loads, times, wanted, phone_duty, stage}."""
    item = _mapping(given)
    name, stage = _line(item.get("name")), item.get("stage") or None
    if not name:
        raise Wrong("役割の名前を入れてください。")
    if stage not in (None, *STAGES):
        raise Wrong("段階は一覧の中から選んでください。")
    return {
        "id": item.get("id") or None, "name": name, "what": _line(item.get("what"), 2_000, keep_lines=True),
        "loads": levels(item.get("loads") or {}, vocabulary), "times": _line(item.get("times")),
        "wanted": None if item.get("wanted") in (None, "") else whole(item["wanted"], 1_000),
        "phone_duty": {"yes": True, "no": False}.get(str(item.get("phone_duty")), _bool(item.get("phone_duty"))), "stage": stage,
    }


def levels(given: Any, vocabulary: Vocabulary | None = None) -> dict[str, int]:
    """Load → 0–4; one left out, or left empty, was not observed."""
    found = {load: whole(level, MOST_LEVEL) for load, level in _mapping(given).items() if level not in (None, "")}
    if vocabulary is not None and set(found) - set(vocabulary.loads):
        raise Wrong("負荷は一覧の中から選んでください。")
    return dict(sorted(found.items()))


def attributes(given: Any, vocabulary: Vocabulary | None = None) -> dict[str, str]:
    """Term → yes, no, or unknown (“asked, could not tell”); one left out, or left empty, is 未確認."""
    found = {term: value for term, value in _mapping(given).items() if value not in (None, "")}
    if vocabulary is not None and set(found) - set(vocabulary.attributes):
        raise Wrong("設備は一覧の中から選んでください。")
    if set(found.values()) - {YES, NO, UNKNOWN}:
        raise Wrong("「はい」「いいえ」「聞いたがわからない」「未確認」から選んでください。")
    return dict(sorted(found.items()))


def areas(given: Iterable[Any]) -> list[list[str]]:
    """Sorted [kind, name], each once."""
    pairs = set()
    for item in given:
        words = [word.strip() for word in item if isinstance(word, str)] if isinstance(item, (list, tuple)) else []
        if len(words) != 2 or not all(words):
            raise Wrong("地域の種類と名前を入れてください。")
        pairs.add((words[0][:60], words[1][:LONGEST]))
    return [list(pair) for pair in sorted(pairs)]


def closures(given: Any) -> dict[str, str]:
    """Day → the reason shown beside it."""
    found = {day(when): _line(reason) or "中止" for when, reason in _mapping(given).items()}
    return dict(sorted(found.items()))


def day(given: Any) -> str:
    """A day as 2026-11-24."""
    try:
        found = date.fromisoformat(normalize("NFKC", str(given)))
    except ValueError:
        raise Wrong("日付を「2026-11-24」の形で入れてください。") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Wrong("年を確かめてください。")
    return found.isoformat()


def optional_day(given: Any) -> str | None:
    """A day, or None."""
    return day(given) if given else None


def whole(given: Any, most: int) -> int:
    """A whole number from 0 to `most`."""
    typed = normalize("NFKC", str(given)).replace(",", "")
    if isinstance(given, bool) or not (typed.isascii() and typed.isdigit() and len(typed) < 12) or int(typed) > most:
        raise Wrong(f"0から{most:,}までの数字で入れてください。")
    return int(typed)


def number_text(number: Decimal) -> str:
    """65.00 is 65."""
    return format(number.normalize() + 0, "f")


def text(given: Any) -> str:
    """A text; nothing else is taken for one."""
    if not isinstance(given, str):
        raise Wrong("文字で入れてください。")
    return given


def one_line(words: str) -> str:
    """On one line, with single spaces; a full-width space is part of a name and stays."""
    return SPACES.sub(" ", words).strip()


def _line(given: Any, longest: int = LONGEST, keep_lines: bool = False) -> str | None:
    words = text(given or "")
    words = words.strip() if keep_lines else one_line(words)
    if len(words) > longest:
        raise Wrong(f"文は{longest}字までにしてください。")
    return words or None


def _mapping(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise Wrong("項目ごとに入れてください。")
    return given


def _bool(given: Any) -> bool | None:
    return given if isinstance(given, bool) else None


def _time(given: Any) -> time | None:
    return time.fromisoformat(given) if given else None
