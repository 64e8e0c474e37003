"""Who proposes a change, and what became of it? Proposals wait with their fields; `deciding` turns them into an act."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.curation.fields import label_of
from directory.curation.values import beside, differs, found, shaped, values_of_record
from directory.db import write_session
from directory.errors import NotFound
from directory.merges import now_called
from directory.models import ChangeRequest, ChangeRequestField, ServiceAtLocation, Source
from directory.models.columns import new_id

OPEN, DECIDED, WITHDRAWN = "open", "decided", "withdrawn"
REASONS: Mapping[str, str] = {
    "report": "情報が違います", "update": "団体からの更新", "application": "掲載希望", "import": "取り込んだ表と違う", "rename": "名前か住所が変わった？",
    "vanished": "新しい表にない", "postcard": "はがき・確認票",
}


@dataclass(frozen=True)
class ProposedField:
    """One field of a proposal. `current`: what the listing says now; `moved`: it is not what the proposal saw."""

    key: str
    label: str
    current: Any
    proposed: Any
    moved: bool
    decision: str | None
    decided: Any
    reason: str | None


@dataclass(frozen=True)
class Proposal:
    """One proposal. `version` travels in the form that decides it; `listing_id` None proposes a new listing."""

    id: str
    listing_id: str | None
    listing_name: str | None
    reason: str
    source: str | None
    evidence: str | None
    state: str
    created: datetime
    made_by: str | None
    version: int
    fields: tuple[ProposedField, ...]
    letter_id: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    act_id: str | None = None

    @property
    def reason_label(self) -> str:
        """What a page calls the reason."""
        return REASONS.get(self.reason, self.reason)


def propose(
    engine: Engine, listing_id: str | None, values: Mapping[str, Any], reason: str, evidence: str | None, by: str | None,
    now: datetime, source_id: str | None = None, letter_id: str | None = None,
) -> str:
    """Queue a proposal and return its id. Raises NotFound. `values` were `checked`; they may be none at all."""
    with write_session(engine) as session:
        made = propose_in(session, listing_id, values, reason, evidence, by, now, source_id, letter_id)
        session.commit()
        return made


def propose_in(
    session: Session, listing_id: str | None, values: Mapping[str, Any], reason: str, evidence: str | None,
    by: str | None, now: datetime, source_id: str | None = None, letter_id: str | None = None,
) -> str:
    """The same within a transaction of the caller's. What a listing says already is left out; the same is queued once."""
    current: Mapping[str, Any] = {}
    if listing_id is not None:
        listing_id = now_called(session, listing_id)
        listing = found(session, listing_id)
        current = values_of_record(listing) | beside(listing)
    fields = {key: shaped(key, value) for key, value in values.items()
              if key not in current or differs(key, current[key], value)}
    same = _same(session, listing_id, reason, evidence, fields)
    if same is not None:
        return same
    request = ChangeRequest(
        id=new_id(), listing_id=listing_id, reason=reason, source_id=source_id, evidence=evidence, state=OPEN, created=now,
        made_by=by, letter_id=letter_id, version=1)
    request.fields = [
        ChangeRequestField(field=key, current=current.get(key), proposed=value) for key, value in fields.items()]
    session.add(request)
    session.flush()
    return request.id


def close(engine: Engine, request_id: str, by: str, now: datetime, state: str = DECIDED) -> None:
    """Put a proposal away without deciding its fields: what it said was dealt with by hand. Raises NotFound."""
    with write_session(engine) as session:
        request = session.get(ChangeRequest, request_id, with_for_update=True)
        if request is None:
            raise NotFound("この提案は見つかりません。")
        if request.state == OPEN:
            request.state, request.decided_at, request.decided_by = state, now, by
            request.version += 1
        session.commit()


def proposal(session: Session, request_id: str) -> Proposal:
    """One proposal beside what the listing says now. Raises NotFound."""
    request = session.get(ChangeRequest, request_id)
    if request is None:
        raise NotFound("この提案は見つかりません。")
    return _proposals(session, [request])[0]


def open_proposals(session: Session, listing_id: str) -> list[Proposal]:
    """Those that wait about one listing, oldest first."""
    query = select(ChangeRequest).where(ChangeRequest.state == OPEN, ChangeRequest.listing_id == listing_id)
    return _proposals(session, session.scalars(query.order_by(ChangeRequest.created, ChangeRequest.id)))


def _proposals(session: Session, requests: Iterable[ChangeRequest]) -> list[Proposal]:
    listed = list(requests)
    wanted = {request.listing_id for request in listed if request.listing_id}
    listings: dict[str | None, ServiceAtLocation] = {
        row.id: row for row in session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.id.in_(wanted)))}
    sources = {row.id: row.name for row in session.scalars(select(Source))}
    values: dict[str | None, Mapping[str, Any]] = defaultdict(dict)
    values |= {key: values_of_record(listing) | beside(listing) for key, listing in listings.items()}
    return [_proposal(request, listings.get(request.listing_id), values[request.listing_id], sources) for request in listed]


def _proposal(
    request: ChangeRequest, listing: ServiceAtLocation | None, now: Mapping[str, Any], sources: Mapping[str, str]
) -> Proposal:
    return Proposal(
        request.id, request.listing_id, None if listing is None else name_of(listing), request.reason,
        sources.get(request.source_id or ""), request.evidence, request.state, request.created, request.made_by,
        version_of(request, listing), tuple(_field(row, now) for row in request.fields), request.letter_id,
        request.decided_at, request.decided_by, request.act_id,
    )


def _field(row: ChangeRequestField, now: Mapping[str, Any]) -> ProposedField:
    seen = shaped(row.field, row.current)
    current = now.get(row.field, seen)
    return ProposedField(
        row.field, label_of(row.field), current, shaped(row.field, row.proposed), differs(row.field, current, seen),
        row.decision, row.decided, row.reason)


def version_of(request: ChangeRequest, listing: ServiceAtLocation | None) -> int:
    """What a form carries: of the listing it is about, of the proposal itself where there is no listing yet."""
    return request.version if listing is None else listing.version


def name_of(listing: ServiceAtLocation) -> str:
    """The name the listing goes by."""
    return listing.name or listing.service.name


def _same(
    session: Session, listing_id: str | None, reason: str, evidence: str | None, fields: Mapping[str, Any]
) -> str | None:
    """An open proposal that says exactly the same."""
    if listing_id is None:
        return None
    waiting = select(ChangeRequest).where(
        ChangeRequest.listing_id == listing_id, ChangeRequest.reason == reason, ChangeRequest.state == OPEN)
    for request in session.scalars(waiting):
        if request.evidence == evidence and {row.field: row.proposed for row in request.fields} == fields:
            return request.id
    return None
