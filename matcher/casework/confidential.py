"""Who must not meet whom? Known only to those who work with the person who said so; felt by nobody as a reason.

Every case keeps one sealed text of fixed length from its first day, so neither a table nor a size tells whether there
is a pair. The other person's record carries the mirror of it: their list leaves the same places out, under「その他」.
The trail calls it a change of the conditions of the one who said so, and names no other case.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from directory.errors import InvalidRecord, NotFound
from matcher.access import CONFIDENTIAL, OVER, WRITE
from matcher.case_keys import case_key
from matcher.casework.texts import listing_id_of, text_of
from matcher.crypto import Place, seal, unseal
from matcher.desk import Actor, Desk, OpenCase, Work
from matcher.models import Participant, Placement

# Bytes before sealing; a longer text takes the next multiple.
ROOM = 4_096
COLUMN = "confidential"
LONGEST_REASON = 200
NOT_THERE = "その呼び名の記録は見つかりません。呼び名を確かめるか、場所で選んでください。"


@dataclass(frozen=True)
class NoContact:
    """Said by this person: not with that participant, or not at that listing."""

    participant_id: str | None
    code_name: str | None
    listing_id: str | None
    reason: str


def no_contacts(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> tuple[NoContact, ...]:
    """What this person said; never what others said of them. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, CONFIDENTIAL, "conditions")
        return tuple(_shown(work, entry) for entry in _read(work, case.id) if entry["own"])


def add_no_contact(
    desk: Desk, actor: Actor, participant_id: str, now: datetime, *, other_code_name: str | None = None,
    listing_id: str | None = None, reason: str = "",
) -> None:
    """Keep one, by the code name of the other person or by a listing. Raises InvalidRecord, NotFound.

    A pair that silently did nothing would put somebody in danger, so a code name nobody has is told; every try is traced.
    """
    if bool(other_code_name) == bool(listing_id):
        raise InvalidRecord("会わないようにする相手（呼び名）か場所の、どちらか一つを選んでください。")
    place = listing_id_of(listing_id) if listing_id else None
    because = reason.strip() and text_of(reason, LONGEST_REASON, f"わけは{LONGEST_REASON}字までで書いてください。")
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, CONFIDENTIAL, "conditions")
        other = _by_code_name(work, other_code_name) if other_code_name else None
        if other == case.id:
            raise InvalidRecord("本人どうしは選べません。相手の呼び名を確かめてください。")
        work.trace(WRITE, "conditions", case.id, case.label)
        _write(work, case.id, [*_read(work, case.id), _entry(other, place, because, own=True)])
        if other:
            _write(work, other, [*_read(work, other), _entry(case.id, None, "", own=False)])


def remove_no_contact(
    desk: Desk, actor: Actor, participant_id: str, now: datetime, *, other_id: str | None = None,
    listing_id: str | None = None,
) -> None:
    """Take one back. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, CONFIDENTIAL, "conditions")
        work.trace(WRITE, "conditions", case.id, case.label)
        _drop(work, case.id, other_id, listing_id, own=True)
        if other_id and work.find(Participant, other_id):
            _drop(work, other_id, case.id, None, own=False)


def listings_to_avoid(case: OpenCase) -> frozenset[str]:
    """Listings that must be left out of this person's list, whoever said so. For Profile.no_contact only."""
    entries = _read(case.work, case.id)
    others = {entry["participant"] for entry in entries if entry["participant"]}
    where = select(Placement.listing_id).where(Placement.participant_id.in_(others), Placement.stage.not_in(OVER))
    attended = set(case.work.session.scalars(where)) if others else set()
    return frozenset(attended | {entry["listing"] for entry in entries if entry["listing"]})


def nothing_confidential(work: Work, participant_id: str) -> bytes:
    """What stands in a new record."""
    return _sealed(work, participant_id, [])


def forget_everywhere(work: Work, participant_id: str) -> None:
    """Before a record is erased: take its mirrors out of others' records."""
    for entry in _read(work, participant_id):
        if entry["participant"] and work.session.get(Participant, entry["participant"]):
            kept = [row for row in _read(work, entry["participant"]) if row["participant"] != participant_id]
            _write(work, entry["participant"], kept)


def _entry(other: str | None, listing: str | None, reason: str, *, own: bool) -> dict:
    return {"participant": other, "listing": listing, "reason": reason, "own": own}


def _by_code_name(work: Work, code_name: str) -> str:
    name = text_of(code_name, LONGEST_REASON, NOT_THERE)
    found = work.session.scalar(select(Participant.id).where(Participant.code_name == name))
    if found is None:
        raise InvalidRecord(NOT_THERE)
    return found


def _drop(work: Work, case_id: str, other: str | None, listing: str | None, *, own: bool) -> None:
    entries = _read(work, case_id)
    kept = [row for row in entries if (row["participant"], row["listing"], row["own"]) != (other, listing, own)]
    if own and kept == entries:
        raise NotFound("この組み合わせは記録されていません。")
    _write(work, case_id, kept)


def _shown(work: Work, entry: Mapping) -> NoContact:
    other = work.session.get(Participant, entry["participant"]) if entry["participant"] else None
    return NoContact(entry["participant"], other.code_name if other else None, entry["listing"], entry["reason"])


def _read(work: Work, participant_id: str) -> list[dict]:
    key = case_key(work.session, work.keys, participant_id)
    sealed = work.session.scalar(select(Participant.confidential).where(Participant.id == participant_id))
    return json.loads(unseal(key, Place(Participant.__tablename__, COLUMN, participant_id), sealed))


def _write(work: Work, participant_id: str, entries: list[dict]) -> None:
    work.session.get_one(Participant, participant_id).confidential = _sealed(work, participant_id, entries)
    work.session.flush()


def _sealed(work: Work, participant_id: str, entries: list[dict]) -> bytes:
    text = json.dumps(entries)
    padded = text.ljust(-(-len(text) // ROOM) * ROOM)
    key = case_key(work.session, work.keys, participant_id)
    return seal(key, Place(Participant.__tablename__, COLUMN, participant_id), padded)
