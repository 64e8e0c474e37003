"""How is the history of a listing told? Revision by revision: by whom, when, why, and each field before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.curation.fields import FIELDS
from directory.curation.restoring import HistoryEntry
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.curation.difference import Piece, difference
from web.presenters.curation.saying import said
from web.presenters.curation.states import statuses
from web.presenters.dates import full_date
from web.presenters.desk.saying import moment


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in pieces."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class Entry:
    """One revision. `back`: its number, where the listing can be put back to what it said then; empty at the newest."""

    at: str
    by: str
    why: str
    lines: tuple[FieldChange, ...]
    back: str


def entries(history: Sequence[HistoryEntry], names: Mapping[str, str], vocabulary: Vocabulary) -> list[Entry]:
    """The newest first. `names`: of the records that were linked, by their ids."""
    newest = history[0].number if history else 0
    return [Entry(moment(one.made_at), one.made_by, one.why, tuple(_lines(one, names, vocabulary)),
                  str(one.number) if one.number != newest else "") for one in history]


def _lines(entry: HistoryEntry, names: Mapping[str, str], vocabulary: Vocabulary) -> list[FieldChange]:
    labels = _labels()
    return [FieldChange(labels.get(key, label), *difference(*(_words(key, value, names, vocabulary) for value in both)))
            for key, label, *both in entry.changes if key in FIELDS or key in labels]


def _labels() -> dict[str, str]:
    """What is written besides the fields of the form."""
    return {
        "listing.status": _("掲載の状態"), "listing.status_reason": _("休止・終了のわけ"), "listing.paused_until": _("いつまで休止"),
        "listing.assured_date": _("確認した日"), "listing.assured_by": _("確認した人"), "listing.assured_how": _("確認の方法"),
    }


def _words(key: str, value: Any, names: Mapping[str, str], vocabulary: Vocabulary) -> str:
    if key in FIELDS and FIELDS[key].kind == "link":
        return names.get(value, _("いまはない登録")) if value else ""
    if key == "listing.status":
        return statuses().get(value, str(value or ""))
    if key in ("listing.assured_date", "listing.paused_until") and isinstance(value, str):
        return full_date(date.fromisoformat(value))
    return said(key, value, vocabulary)
