"""How is the phone list drawn, and what is asked on the telephone? The current values beside what may have changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from directory.calling import CALLED, Attempt, ToCall
from directory.curation.fields import FIELDS, Field, label_of
from directory.curation.policy import is_badged
from directory.listing import Listing
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.curation.saying import said
from web.presenters.dates import full_date
from web.presenters.desk.saying import moment

# What is asked on the telephone, in this order; each may be put right on the same screen.
ASKED = (
    "schedules", "listing.welcome", "listing.phone", "listing.phone_hours", "listing.representative", "listing.mobile",
)
# What is read out too; it belongs to records others share, so it is put right in the form of its section.
READ_OUT = (("location.name", "where"), ("location.town", "where"), ("service.fees_state", "fees"), ("service.fees", "fees"),
            ("service.audience_text", "who"), ("listing.usual", "welcome"), ("listing.contact_public", "contact"))
AGAIN_AFTER = 3  # days, then on a weekday
WEEKEND = (5, 6)


@dataclass(frozen=True)
class CallRow:
    """One line of the phone list."""

    id: str
    name: str
    organization: str
    phone: str
    since: str
    badge: bool
    remark: str
    together: int
    areas: str


@dataclass(frozen=True)
class Line:
    """A field as the directory has it, and the section in which it is put right."""

    label: str
    words: str
    section: str


@dataclass(frozen=True)
class LogLine:
    """One line of the contact log in words."""

    at: str
    by: str
    words: str
    note: str


def call_row(row: ToCall, today: date) -> CallRow:
    """One listing of the list."""
    since = _("%(day)sに確認", day=full_date(row.assured_date)) if row.assured_date else _("まだ一度も確認していません")
    return CallRow(
        row.id, row.name, row.organization, row.phone or "", since, is_badged(row.assured_date, today), _remark(row),
        row.together, _("・").join(row.areas))


def _remark(row: ToCall) -> str:
    if row.last is None:
        return ""
    again = _("%(day)sにかけなおす", day=full_date(row.last.again_on)) if row.last.again_on else ""
    return _("　").join(filter(None, (CALLED.get(row.last.outcome, row.last.outcome), again, row.last.note or "")))


def call_fields() -> list[Field]:
    """The fields of the form."""
    return [FIELDS[key] for key in ASKED]


def read_out(values: Mapping[str, Any], vocabulary: Vocabulary) -> list[Line]:
    """What is read out besides; a fact nobody knows is asked for."""
    rows = [(key, section, said(key, values.get(key), vocabulary)) for key, section in READ_OUT]
    return [Line(label_of(key), words or _("未確認"), section) for key, section, words in rows
            if words or key in ("location.name", "service.fees_state")]


def log_line(attempt: Attempt) -> LogLine:
    """One try."""
    words = [_("%(how)s：%(outcome)s", how=attempt.how, outcome=CALLED.get(attempt.outcome, attempt.outcome))]
    if attempt.minutes is not None:
        words.append(_("%(minutes)s分", minutes=attempt.minutes))
    if attempt.again_on:
        words.append(_("次は %(day)s", day=full_date(attempt.again_on)))
    return LogLine(moment(attempt.at), attempt.by, _("　").join(words), attempt.note or "")


def try_again_on(today: date) -> date:
    """A few days later, never on a weekend: hosts are called in office hours."""
    day = today + timedelta(days=AGAIN_AFTER)
    while day.weekday() in WEEKEND:
        day += timedelta(days=1)
    return day


def asked_labels(asked: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """(id, attribute, label) of what workers want to know; a term that is gone is left out."""
    return [(item, term, vocabulary.attributes[term].label) for item, term in asked if term in vocabulary.attributes]


def how_it_reads(listing: Listing | None) -> str:
    """The last confirmation of this listing in a sentence."""
    if listing is None or listing.assured_date is None:
        return _("まだ一度も確認していません。")
    by = _("（%(by)s・%(how)s）", by=listing.assured_by or "", how=listing.assured_how or "") if listing.assured_by else ""
    return _("最後の確認：%(day)s%(by)s", day=full_date(listing.assured_date), by=by)


def split_due(rows: Sequence[ToCall], today: date) -> tuple[list[ToCall], list[ToCall]]:
    """Those to call now, and those somebody agreed to call later."""
    return [row for row in rows if row.is_due(today)], [row for row in rows if not row.is_due(today)]
