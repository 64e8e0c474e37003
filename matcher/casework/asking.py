"""How does a worker ask the SC without telling of whom? By listing × attribute, or need × area × load × time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, select

from directory.errors import InvalidRecord
from directory.inbox.questions import CONFIRM, ENQUIRY, Question, ask, questions
from matcher.access import READ, SEE_DESK, WRITE
from matcher.desk import Actor, Desk
from matcher.models import Enquiry

MATTER = "enquiry"


def ask_to_confirm(
    desk: Desk, directory: Engine, actor: Actor, now: datetime, *, listing_id: str, attribute: str
) -> str:
    """「SCに確認を頼む」: listing × attribute and nothing else; returns the question's id.

    Raises InvalidRecord for an unknown attribute, NotFound for somebody who has no desk.
    """
    words = desk.vocabulary
    if attribute not in {**words.attributes, **words.accommodations, **words.loads, **FACTS}:
        raise InvalidRecord("確認を頼める項目を選んでください。")
    with desk.acting(actor, now) as work:
        work.must(SEE_DESK)
        return ask(directory, CONFIRM, {"listing": listing_id, "attribute": attribute}, now)


def enquire(
    desk: Desk, directory: Engine, actor: Actor, participant_id: str, now: datetime, *, needs: Sequence[str],
    area: str | None = None, loads: Mapping[str, int] | None = None, weekdays: Sequence[int] = (),
    from_minute: int | None = None, until_minute: int | None = None,
) -> str:
    """匿名照会: need × area × load × time. Only casework remembers for whom it was asked. Raises InvalidRecord, NotFound."""
    words = desk.vocabulary
    if not needs or set(needs) - set(words.needs) or set(loads or {}) - set(words.loads) or (
            area is not None and area not in {known.name for known in words.areas}):
        raise InvalidRecord("求めていることを一つ以上選び、地域と負荷は並んでいるものから選んでください。")
    body = {"needs": sorted(needs), "area": area, "loads": dict(loads or {}), "weekdays": sorted(weekdays),
            "from": from_minute, "until": until_minute}
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, MATTER)
        told = {name: value for name, value in body.items() if value not in (None, [], {})}
        item_id = ask(directory, ENQUIRY, told, now)
        work.session.add(Enquiry(item_id=item_id, participant_id=case.id, label=case.label,
                                 asked_by=actor.staff_id, asked_at=now))
        return item_id


def enquiries(
    desk: Desk, directory: Engine, actor: Actor, participant_id: str, now: datetime
) -> tuple[Question, ...]:
    """What was asked for this person, and what the SC answered, newest first. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, MATTER)
        rows = work.session.scalars(select(Enquiry).where(Enquiry.participant_id == case.id))
        ids = [row.item_id for row in rows if case.may(READ, row.label)]
    return questions(directory, ids)


# What can be unknown of a listing beside attributes, 配慮 and loads: a criterion of the matching each.
FACTS: Mapping[str, str] = {
    "schedule": "日時", "welcome": "新しい方の受け入れ", "capacity": "枠", "cost": "費用", "age": "年齢の条件",
    "gender": "性別の条件", "residency": "住まいの条件", "location": "場所", "languages": "使えることば",
    "companion": "付き添い", "pickup": "送迎",
}
