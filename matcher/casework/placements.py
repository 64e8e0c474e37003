"""What became of a proposal? 「紹介」 makes a placement and keeps a place free; each stage after it is recorded.

The stages and which follows which stand in data/vocabulary/casework.yml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from directory.errors import InvalidRecord
from directory.models.columns import new_id
from directory.japan_time import in_utc
from matcher.access import OVER, READ, SEE_DESK, WRITE
from matcher.casework.confidential import listings_to_avoid
from matcher.casework.texts import listing_id_of, text_of
from matcher.desk import Actor, Desk, OpenCase, Work
from matcher.errors import NotNow, Stale
from matcher.models import Hold, Placement, PlacementStep

MATTER = "placement"
PROPOSED = "proposed"
# Somebody goes there: nothing about it is new, and it is not proposed again
GOES_THERE = ("trial", "taking_part")
# A place is kept through the next two sessions, at least two weeks.
HELD_SESSIONS, HELD_DAYS = 2, timedelta(days=14)
MONTH = timedelta(days=30)
ONE_A_MONTH = 1
LONGEST_NOTE = 2_000
# One sentence for every reason that lies with the place or with other people: none of them can be told from another.
NOT_NOW = "この場所は、いまは紹介できません。ほかの場所を見るか、日をおいてもう一度試してください。"


@dataclass(frozen=True)
class Step:
    """A stage that was reached; `note` is what was said."""

    stage: str
    at: datetime
    by: str
    note: str | None


@dataclass(frozen=True)
class PlacementKept:
    """One person at one listing or role. `version` travels in the form; `next` are the stages that may follow."""

    id: str
    listing_id: str
    role_id: str | None
    stage: str
    next: tuple[str, ...]
    version: int
    held_until: datetime | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class HostLoad:
    """What casework knows of one listing without naming anybody: places held now, 紹介 of the last 30 days, all ever."""

    held: int
    recent: int
    offered: int

    def __add__(self, other: "HostLoad") -> "HostLoad":
        """What one host bears that was two listings."""
        return HostLoad(self.held + other.held, self.recent + other.recent, self.offered + other.offered)


def introduce(
    desk: Desk, actor: Actor, participant_id: str, listing_id: str, now: datetime, *, role_id: str | None = None,
    sessions: Sequence[date] = (), places: int | None = None, monthly: int | None = ONE_A_MONTH, note: str = "",
) -> str:
    """「紹介」: a placement in the stage 本人に提案, and the hold; returns the placement's id.

    `sessions` are the next days the listing meets, `places` the 枠 it declared (None: none declared), `monthly` how many
    new people a month it takes (None: as many as come). Raises NotNow when it is full, asked enough or not to be
    proposed; InvalidRecord when it is under way already; NotFound.
    """
    listing_id = listing_id_of(listing_id)
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, MATTER)
        loads = _loads(work, listing_id, besides=case.id).get(listing_id, HostLoad(0, 0, 0))
        own = _of_case(work, case.id)
        if any((row.listing_id, row.role_id) == (listing_id, role_id) and row.stage not in OVER for row in own):
            raise InvalidRecord("この場所は、もう紹介の途中です。参加の記録を見てください。")
        full = places is not None and loads.held >= places
        if full or (monthly is not None and loads.recent >= monthly) or listing_id in listings_to_avoid(case):
            raise NotNow(NOT_NOW)
        row = Placement(
            id=new_id(), participant_id=case.id, label=case.label, listing_id=listing_id, role_id=role_id,
            stage=PROPOSED, made_by=actor.staff_id, made_at=now, changed_at=now, version=1)
        work.session.add(row)
        work.session.flush()
        work.session.add(Hold(
            placement_id=row.id, listing_id=listing_id, since=now, until=held_until(now, sessions)))
        _step(case, row, note)
        return row.id


def advance(
    desk: Desk, actor: Actor, placement_id: str, stage: str, now: datetime, *, version: int, note: str = ""
) -> None:
    """Record the next stage. An end gives the place free. Raises InvalidRecord, Stale, NotFound."""
    with desk.acting(actor, now) as work:
        row = work.find(Placement, placement_id)
        # A missing placement opens a missing case: it is answered and traced alike.
        case = work.open_case(row.participant_id if row else placement_id, WRITE, MATTER, row.label if row else None)
        if row.version != version:
            raise Stale("ほかの人が先に進めました。いまの段階を確かめてください。", row.stage)
        if stage not in _next(desk, row.stage):
            raise InvalidRecord("いまの段階からは、その段階へ進めません。参加の記録を開きなおしてください。")
        row.stage, row.changed_at, row.version = stage, now, row.version + 1
        if stage in OVER:
            work.session.get_one(Hold, row.id).released_at = now
        elif stage == PROPOSED:
            hold = work.session.get_one(Hold, row.id)
            hold.since, hold.until, hold.released_at = now, held_until(now, ()), None
        _step(case, row, note)


def placements(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> tuple[PlacementKept, ...]:
    """The placements of one person, newest first. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, MATTER)
        rows = [row for row in _of_case(work, case.id) if case.may(READ, row.label)]
        return tuple(_kept(desk, case, row) for row in rows)


def attended(case: OpenCase) -> frozenset[str]:
    """Listings this person goes to, of the placements that may be read. For Profile.attends."""
    return frozenset(row.listing_id for row in _of_case(case.work, case.id)
                     if row.stage in GOES_THERE and case.may(READ, row.label))


def host_loads(
    desk: Desk, actor: Actor, now: datetime, participant_id: str | None = None
) -> Mapping[str, HostLoad]:
    """Listing id → what it bears already, over all cases and without any of them. Raises NotFound.

    participant_id: for whom it is asked; where they go themselves they do not stand in their own way.
    """
    with desk.acting(actor, now) as work:
        if participant_id is None:
            work.must(SEE_DESK)
            return _loads(work)
        return _loads(work, besides=work.open_case(participant_id, READ, MATTER).id)


def held_until(now: datetime, sessions: Sequence[date]) -> datetime:
    """The end of the second session from now, and two weeks at least; both in UTC without zone."""
    coming = sorted(sessions)[:HELD_SESSIONS]
    ends = [in_utc(datetime.combine(day + timedelta(days=1), time())) for day in coming]
    return max([now + HELD_DAYS, *ends])


def _loads(work: Work, listing_id: str | None = None, besides: str | None = None) -> dict[str, HostLoad]:
    """By listing. `besides`: the case whose own going there does not count."""
    own = [] if besides is None else [row.id for row in _of_case(work, besides) if row.stage in GOES_THERE]

    def counted(query: Select, column: Any) -> dict[str, int]:
        placement = Hold.placement_id if column is Hold.listing_id else Placement.id
        chosen = query.where(placement.not_in(own))
        chosen = chosen if listing_id is None else chosen.where(column == listing_id)
        return dict(work.session.execute(chosen.group_by(column)).all())

    count = func.count()
    offered = select(Placement.listing_id, count)
    held = counted(select(Hold.listing_id, count).where(Hold.released_at.is_(None), Hold.until > work.now), Hold.listing_id)
    recent = counted(offered.where(Placement.made_at > work.now - MONTH), Placement.listing_id)
    ever = counted(offered, Placement.listing_id)
    return {listing: HostLoad(held.get(listing, 0), recent.get(listing, 0), total) for listing, total in ever.items()}


def _of_case(work: Work, participant_id: str) -> list[Placement]:
    rows = select(Placement).where(Placement.participant_id == participant_id)
    return list(work.session.scalars(rows.order_by(Placement.made_at.desc(), Placement.id)))


def _kept(desk: Desk, case: OpenCase, row: Placement) -> PlacementKept:
    session = case.work.session
    hold = session.get(Hold, row.id)
    steps = select(PlacementStep).where(PlacementStep.placement_id == row.id).order_by(
        PlacementStep.at, PlacementStep.id)
    return PlacementKept(
        row.id, row.listing_id, row.role_id, row.stage, _next(desk, row.stage), row.version,
        hold.until if hold and hold.released_at is None and hold.until > case.work.now else None,
        tuple(Step(step.stage, step.at, step.by,
                   case.unseal(PlacementStep, "note", step.id, step.note) if step.note else None)
              for step in session.scalars(steps)))


def _next(desk: Desk, stage: str) -> tuple[str, ...]:
    stages: Any = desk.vocabulary.stages["placement"]
    return tuple(stages[stage]["next"])


def _step(case: OpenCase, row: Placement, note: str) -> None:
    said = note.strip() and text_of(note, LONGEST_NOTE, f"メモは{LONGEST_NOTE}字までで書いてください。")
    step = PlacementStep(
        id=new_id(), placement_id=row.id, stage=row.stage, at=case.work.now, by=case.work.actor.staff_id)
    step.note = case.seal(PlacementStep, "note", step.id, said) if said else None
    case.work.session.add(step)
