"""How does a proposal look? Field by field: now, proposed, on what it rests, and what can become of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from directory.curation.deciding import ACCEPT, EDIT, REJECT
from directory.curation.fields import FIELDS, RECORDS, Field
from directory.curation.proposals import OPEN, Proposal, ProposedField
from web.i18n import gettext as _
from web.presenters.curation.control_rows import Around
from web.presenters.curation.controls import Control, control
from web.presenters.curation.difference import Piece, difference
from web.presenters.curation.saying import said
from web.presenters.curation.sections import Stored
from web.presenters.desk.saying import moment

ORDER: Mapping[str, int] = {key: place for place, key in enumerate(FIELDS)}
# What stands before the key of a field in the name of each of its boxes.
EDITED, DECISION, WHY, HERE, OPENED = "v:", "d:", "w:", "h:", "s:"


@dataclass(frozen=True)
class Judged:
    """One field of the page. `moved`: it has changed since the proposal came; `overtaken`: since this page was opened.

    `settled`: what was decided earlier; such a field is not asked about again.
    """

    key: str
    label: str
    record: str
    staff: bool
    now: tuple[Piece, ...]
    proposed: tuple[Piece, ...]
    unknown: str
    moved: bool
    opened: str
    shared: int
    evidence: str
    ways: tuple[tuple[str, str], ...]
    control: Control | None
    decision: str = ACCEPT
    reason: str = ""
    only_here: bool = False
    error: str = ""
    overtaken: bool = False
    settled: str = ""


@dataclass(frozen=True)
class ProposalPage:
    """Everything the page prints; `seen` proves on the way back that this very difference was looked at."""

    id: str
    name: str
    listing_id: str
    version: int
    seen: str
    about: tuple[str, ...]
    evidence: str
    rows: tuple[Judged, ...]
    decided: str
    reach: str
    public: bool
    later: str
    letter_id: str = ""


@dataclass(frozen=True)
class Marked:
    """What the form said of one field."""

    decision: str
    reason: str = ""
    words: Any = None
    error: str = ""
    only_here: bool | None = None
    opened: str = ""


def seen(proposal: Proposal) -> str:
    """A digest of exactly what the page shows of this proposal: now, proposed, decided, and the version."""
    shown = [(one.key, one.current, one.proposed, one.decision) for one in proposal.fields]
    return _digest((proposal.id, proposal.version, proposal.state, shown))


def _digest(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()[:32]


def proposal_page(
    proposal: Proposal, stored: Stored | None, around: Around, later: str, marked: Mapping[str, Marked] | None = None
) -> ProposalPage:
    """The page; with what was marked already, where the form came back."""
    asked = sorted(proposal.fields, key=_place)
    rows = tuple(_row(one, proposal, stored, around, (marked or {}).get(one.key)) for one in asked)
    about = (proposal.reason_label, _("%(at)s着", at=moment(proposal.created)), proposal.source or "", proposal.made_by or "")
    return ProposalPage(
        proposal.id, proposal.listing_name or _("新しい掲載の提案"), proposal.listing_id or "", proposal.version, seen(proposal),
        tuple(dict.fromkeys(filter(None, about))), proposal.evidence or "", rows, _decided(proposal), _reach(proposal, stored),
        stored is not None and stored.status == "published", later, proposal.letter_id or "")


def _place(one: ProposedField) -> int:
    """Where a field stands on the page of a listing; what is no field of it (its state) comes first."""
    return ORDER.get(one.key, -1)


def _row(one: ProposedField, proposal: Proposal, stored: Stored | None, around: Around, marked: Marked | None) -> Judged:
    field, words = FIELDS.get(one.key), around.vocabulary
    left, right = difference(said(one.key, one.current, words), said(one.key, one.proposed, words))
    shown = marked.words if marked and marked.words is not None else one.proposed
    shared = stored.shared.get(field.record, 1) if stored and field else 1
    opened = _digest(one.current)
    alone = marked.only_here if marked else None
    return Judged(
        key=one.key, label=one.label, record=RECORDS[field.record] if field else RECORDS["listing"],
        staff=bool(field and field.staff), now=left, proposed=right, unknown=_("未確認") if not left else "", moved=one.moved,
        opened=opened, shared=shared, evidence=proposal.evidence or _("書かれていません"), ways=_ways(field),
        control=_control(field, shown, around), decision=(marked.decision if marked else "") or _at_first(field, one),
        reason=marked.reason if marked else "", only_here=proposal.source is not None if alone is None else alone,
        error=marked.error if marked else "", overtaken=bool(marked and marked.opened and marked.opened != opened),
        settled=_settled(one))


def _at_first(field: Field | None, one: ProposedField) -> str:
    """What is chosen before anybody chose: what a listing must have, and the proposal leaves open, is filled in here."""
    return EDIT if field and field.required and one.proposed is None else ACCEPT


def _settled(one: ProposedField) -> str:
    words = {ACCEPT: _("採用しました"), EDIT: _("直して採用しました"), REJECT: _("見送りました")}.get(one.decision or "", "")
    return _("%(what)s：%(reason)s", what=words, reason=one.reason) if words and one.reason else words


def _control(field: Field | None, value: Any, around: Around) -> Control | None:
    return control(field, value, around) if field else None


def _ways(field: Field | None) -> tuple[tuple[str, str], ...]:
    ways = ((ACCEPT, _("採用")), (EDIT, _("直して採用")), (REJECT, _("見送る")))
    return ways if field else (ways[0], ways[2])


def _decided(proposal: Proposal) -> str:
    if proposal.state == OPEN:
        return ""
    if proposal.decided_at is None:
        return _("この提案は、取り下げられました。")
    return _("%(by)sが %(at)sに決めました。", by=proposal.decided_by or "", at=moment(proposal.decided_at))


def _reach(proposal: Proposal, stored: Stored | None) -> str:
    """Whom this reaches: the public page, and every other listing that shows the same record."""
    if stored is None:
        return ""
    records = dict.fromkeys(FIELDS[one.key].record for one in proposal.fields if one.key in FIELDS)
    shared = [_("「%(record)s」の欄は%(count)sか所", record=RECORDS[record], count=stored.shared[record])
              for record in records if stored.shared.get(record, 1) > 1]
    own = _("公開ページ 1") if stored.status == "published" else _("まだ公開していないので、住民のページは変わりません")
    return "、".join([own, *shared])


def problems(marked: Mapping[str, Marked]) -> Sequence[tuple[str, str]]:
    """(target, sentence) of every field that cannot be decided like this."""
    return [(f"w-{key}" if one.decision == REJECT else f"f-{key}", one.error) for key, one in marked.items() if one.error]
