"""Which list was shown, and what did the worker make of it? The log of recommendations, pins, hides, overrides."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from directory.errors import InvalidRecord, NotFound
from directory.models.columns import new_id
from matcher.access import READ, WRITE
from matcher.casework.texts import listing_id_of, text_of
from matcher.desk import Actor, Desk, OpenCase
from matcher.models import Choice, Recommendation

MATCHING = "matching"
PIN, HIDE = "pin", "hide"
LONGEST_REASON = 400


@dataclass(frozen=True)
class Shown:
    """One place of a list as it was shown: tier A, B or C."""

    listing_id: str
    role_id: str | None
    tier: str
    score: float


@dataclass(frozen=True)
class Override:
    """What was chosen instead (None: nothing of it) and why."""

    listing_id: str | None
    reason: str
    by: str
    at: str


@dataclass(frozen=True)
class RecommendationKept:
    """A list that was shown."""

    id: str
    made_at: datetime
    made_by: str
    weights_version: str
    shown: tuple[Shown, ...]
    override: Override | None


@dataclass(frozen=True)
class ChoiceKept:
    """A listing the worker pinned or hid; kind: PIN, HIDE."""

    id: str
    kind: str
    listing_id: str
    role_id: str | None
    reason: str
    made_at: datetime
    made_by: str


def log_recommendation(
    desk: Desk, actor: Actor, participant_id: str, now: datetime, *, weights_version: str, shown: Sequence[Shown]
) -> str:
    """Remember a list at the moment it is shown; returns its id. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, MATCHING)
        row = Recommendation(id=new_id(), participant_id=case.id, label=case.label, made_at=now,
                             made_by=actor.staff_id, weights_version=weights_version)
        row.shown = _seal(case, Recommendation, "shown", row.id, [asdict(place) for place in shown])
        work.session.add(row)
        return row.id


def override(
    desk: Desk, actor: Actor, participant_id: str, recommendation_id: str, now: datetime, *, reason: str,
    listing_id: str | None = None,
) -> None:
    """Say why the list was not followed. Raises InvalidRecord without a reason, NotFound."""
    said = Override(listing_id, _reason(reason), actor.staff_id, now.isoformat())
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, MATCHING)
        row = work.find(Recommendation, recommendation_id)
        if row is None or row.participant_id != case.id or not case.may(WRITE, row.label):
            raise NotFound("この一覧の記録は見つかりません。")
        row.override = _seal(case, Recommendation, "override", row.id, asdict(said))


def recommendations(
    desk: Desk, actor: Actor, participant_id: str, now: datetime
) -> tuple[RecommendationKept, ...]:
    """The lists that were shown, newest first. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, MATCHING)
        rows = select(Recommendation).where(Recommendation.participant_id == case.id).order_by(
            Recommendation.made_at.desc(), Recommendation.id)
        return tuple(_kept(case, row) for row in work.session.scalars(rows) if case.may(READ, row.label))


def choose(
    desk: Desk, actor: Actor, participant_id: str, now: datetime, *, kind: str, listing_id: str, reason: str,
    role_id: str | None = None,
) -> str:
    """Pin a listing to the top or hide it; a reason is needed. One choice a listing and role; returns its id."""
    if kind not in (PIN, HIDE):
        raise InvalidRecord("上に置くか、かくすかを選んでください。")
    content = {"kind": kind, "listing_id": listing_id_of(listing_id), "role_id": role_id, "reason": _reason(reason)}
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, MATCHING)
        for row, kept in _choices(case):
            if (kept.listing_id, kept.role_id) == (listing_id, role_id):
                work.session.delete(row)
        row = Choice(id=new_id(), participant_id=case.id, label=case.label, made_at=now, made_by=actor.staff_id)
        row.sealed = _seal(case, Choice, "sealed", row.id, content)
        work.session.add(row)
        return row.id


def take_back(desk: Desk, actor: Actor, participant_id: str, choice_id: str, now: datetime) -> None:
    """Undo a pin or a hide. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, MATCHING)
        found = [row for row, kept in _choices(case) if kept.id == choice_id]
        if not found:
            raise NotFound("この印は、もうありません。")
        work.session.delete(found[0])


def choices(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> tuple[ChoiceKept, ...]:
    """The pins and hides of this case, oldest first. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, MATCHING)
        return tuple(kept for _row, kept in _choices(case))


def _choices(case: OpenCase) -> list[tuple[Choice, ChoiceKept]]:
    rows = select(Choice).where(Choice.participant_id == case.id).order_by(Choice.made_at, Choice.id)
    return [(row, ChoiceKept(id=row.id, made_at=row.made_at, made_by=row.made_by,
                             **_unseal(case, Choice, "sealed", row.id, row.sealed)))
            for row in case.work.session.scalars(rows) if case.may(READ, row.label)]


def _kept(case: OpenCase, row: Recommendation) -> RecommendationKept:
    shown = _unseal(case, Recommendation, "shown", row.id, row.shown)
    said = _unseal(case, Recommendation, "override", row.id, row.override) if row.override else None
    return RecommendationKept(
        row.id, row.made_at, row.made_by, row.weights_version, tuple(Shown(**place) for place in shown),
        Override(**said) if said else None)


def _reason(text: str) -> str:
    return text_of(text, LONGEST_REASON,
                   f"理由を{LONGEST_REASON}字までで書いてください。あとで振り返るときの手がかりになります。")


def _seal(case: OpenCase, table: type, column: str, row: str, content: object) -> bytes:
    return case.seal(table, column, row, json.dumps(content, ensure_ascii=False))


def _unseal(case: OpenCase, table: type, column: str, row: str, sealed: bytes) -> Any:
    return json.loads(case.unseal(table, column, row, sealed))
