"""閲覧の記録: the whole trail for the auditor, by who, what, which record and when. Ids and no person."""

from datetime import date

from flask import Blueprint, render_template, request, url_for

from matcher import casework
from matcher.audit import ACTS, MATTERS
from matcher.casework import LogFilter
from matcher.casework.log import PAGE
from web.presenters.desk.saying import moment
from web.staff import door
from web.staff.guard import actor

pages = Blueprint("audit", __name__)

ID_LENGTH = 36


@pages.get("/desk/audit")
def show() -> str:
    """The newest lines that fit; what the address says wrongly is left open and said so."""
    desk, who, now = door.desk(), actor(), door.now()
    everybody = dict(casework.everybody_in_the_log(desk, who, now))
    only, ignored = _asked(everybody)
    text = request.args.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
    lines = casework.whole_log(desk, who, now, before=before, only=only)
    kept = {name: value for name, value in request.args.items() if name != "before" and value}
    older = url_for("audit.show", **kept, before=lines[-1].number) if len(lines) == PAGE else ""
    return render_template(
        "desk/audit.html", lines=lines, older=older, only=only, ignored=ignored, moment=moment, acts=ACTS, matters=MATTERS,
        everybody=everybody, filtered=bool(kept))


def _asked(everybody: dict[str, str]) -> tuple[LogFilter, bool]:
    """The filter of the address, and whether some of it could not be used."""
    given = {name: request.args.get(name, "").strip() for name in ("who", "act", "what", "record", "since", "until")}
    known = {"who": everybody, "act": ACTS, "what": MATTERS}
    fits = {name: not given[name] or given[name] in words for name, words in known.items()}
    fits["record"] = len(given["record"]) in (0, ID_LENGTH)
    days = {name: _day(given[name]) for name in ("since", "until")}
    fits |= {name: not given[name] or days[name] is not None for name in days}
    used = {name: given[name] if fits[name] else "" for name in ("who", "act", "what", "record")}
    return LogFilter(used["who"], used["act"], used["what"], used["record"], **days), not all(fits.values())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
