"""What becomes of a proposal? Each field is accepted, edited or rejected by a person; what was decided is one act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, select

from directory.curation.acting import STALE, Act, acting
from directory.curation.fields import FIELDS, SHARED
from directory.curation.proposals import DECIDED, OPEN, REASONS, version_of
from directory.curation.values import shaped
from directory.db import read_session
from directory.errors import InvalidRecord, NotFound, Stale
from directory.models import ChangeRequest, ServiceAtLocation, SourceRecord

ACCEPT, EDIT, REJECT = "accept", "edit", "reject"
DECISIONS: Mapping[str, str] = {ACCEPT: "取り入れる", EDIT: "直して取り入れる", REJECT: "取り入れない"}
DECIDED_ALREADY = "ほかの方が先にこの提案を決めました。今の内容を見てください。もう一度は書きこまれていません。"


@dataclass(frozen=True)
class Decision:
    """What a person decided about one field. `value`: what is written instead, for `edit`; it was `checked`.

    only_here: split a shared record. None: what an import says about a shared record holds for its own row only.
    """

    decision: str
    value: Any = None
    reason: str | None = None
    only_here: bool | None = None


def decide(
    engine: Engine, request_id: str, decisions: Mapping[str, Decision], version: int, by: str, now: datetime
) -> str:
    """Write what was decided, in one act; returns its id. Fields not named stay undecided and keep the proposal open.

    Raises NotFound; Stale when the listing has changed since, or somebody else decided; InvalidRecord.
    """
    with read_session(engine) as session:
        kind = session.scalar(select(ChangeRequest.reason).where(ChangeRequest.id == request_id))
    why = "、".join(dict.fromkeys(decision.reason for decision in decisions.values() if decision.reason))
    why = f"{REASONS.get(kind or '', '提案')}{f'：{why}' if why else ''}"
    taken = any(decision.decision != REJECT for decision in decisions.values())
    with acting(engine, by=by, kind="approve" if taken else "reject", why=why, now=now) as act:
        request = act.session.get(ChangeRequest, request_id, with_for_update=True)
        if request is None:
            raise NotFound("この提案は見つかりません。")
        _check(act, request, decisions, version)
        act.watch_request(request.id)
        values = _values(request, decisions)
        _write(act, request, values, decisions)
        _remember(act, request, decisions, values)
    return act.id


def _check(act: Act, request: ChangeRequest, decisions: Mapping[str, Decision], version: int) -> None:
    listing = None if request.listing_id is None else act.session.get(ServiceAtLocation, request.listing_id)
    now = version_of(request, listing)
    undecided = {row.field for row in request.fields if row.decision is None}
    if request.state != OPEN or set(decisions) - undecided:
        raise Stale(DECIDED_ALREADY, now)
    if now != version:
        raise Stale(STALE, now)
    if any(one.decision not in DECISIONS for one in decisions.values()):
        raise InvalidRecord("項目ごとに「取り入れる」「直して取り入れる」「取り入れない」から選んでください。")
    if any(one.decision == REJECT and not one.reason for one in decisions.values()):
        raise InvalidRecord("取り入れない項目には、わけを書いてください。")


def _values(request: ChangeRequest, decisions: Mapping[str, Decision]) -> dict[str, Any]:
    """Key → what is to be written."""
    proposed = {row.field: shaped(row.field, row.proposed) for row in request.fields}
    return {
        key: proposed[key] if one.decision == ACCEPT else one.value
        for key, one in decisions.items() if one.decision != REJECT
    }


def _write(act: Act, request: ChangeRequest, values: Mapping[str, Any], decisions: Mapping[str, Decision]) -> None:
    fields = {key: value for key, value in values.items() if key in FIELDS}
    if request.listing_id is None:
        if fields:
            request.listing_id = act.create(fields)
        return
    shared = {key for key in fields if FIELDS[key].record in SHARED}
    alone = {key for key in shared if _only_here(request, decisions[key])}
    for keys, only_here in ((alone, True), (set(fields) - alone, False)):
        act.change(request.listing_id, {key: fields[key] for key in keys}, only_here=only_here)
    if "source_key" in values:
        _follow_rename(act, request, str(values["source_key"]))
    if values.get("listing.assured_date"):
        act.assure(request.listing_id, None, date.fromisoformat(values["listing.assured_date"]))
    if "status" in values:
        reason = decisions["status"].reason or request.evidence
        act.status(request.listing_id, values["status"], reason=reason)


def _only_here(request: ChangeRequest, decision: Decision) -> bool:
    return request.source_id is not None if decision.only_here is None else decision.only_here


def _follow_rename(act: Act, request: ChangeRequest, key: str) -> None:
    """The row of the file goes by another key now: the next import finds this listing under it."""
    act.open(str(request.listing_id), None)
    rows = select(SourceRecord).where(SourceRecord.source_id == request.source_id)
    taken = act.session.scalar(rows.where(SourceRecord.key == key))
    stored = act.session.scalar(rows.where(SourceRecord.listing_id == request.listing_id).order_by(SourceRecord.id))
    if stored is not None and taken is None:
        # Without a hash the row is read again: what it says beyond name and address is not known yet.
        stored.key, stored.row_hash, stored.missing_since = key, "", None


def _remember(
    act: Act, request: ChangeRequest, decisions: Mapping[str, Decision], values: Mapping[str, Any]
) -> None:
    for row in request.fields:
        if row.field in decisions:
            one = decisions[row.field]
            row.decision, row.reason = one.decision, (one.reason or None) and str(one.reason)[:400]
            row.decided = values.get(row.field)
    if all(row.decision is not None for row in request.fields):
        request.state, request.decided_at, request.decided_by, request.act_id = DECIDED, act.write.now, act.write.by, act.id
    request.version += 1
    act.write.note_added(ChangeRequest.__tablename__, [request.id])
