"""How many people ask for something they have not found yet? Counts for the curation desk, and nothing else of casework.

The SC sees no case. What crosses is one number for a 地域 and a need, and only from LEAST_TOLD people up; smaller ones are
not even told as 「少し」. Cases of a 支援会議 are never counted: nobody consented to anything there.
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from matcher.access import CORE, CURATE, INTERNAL, READ, STRANGER
from matcher.case_keys import case_key
from matcher.casework.answers import VALUE
from matcher.crypto import Place, unseal
from matcher.desk import Actor, Desk, Work
from matcher.models import Answer, Participant, Placement

LEAST_TOLD = 5
NEEDS, AREA = "needs", "home_area"
# Whoever has come so far with some place is not without one.
FOUND = ("trial", "taking_part", "on_break")


def unmet_counts(desk: Desk, actor: Actor, now: datetime) -> Mapping[tuple[str, str], int]:
    """(地域, need) → open cases with consent that ask for it and take part nowhere yet. Raises NotFound.

    A count under LEAST_TOLD is left out, and there are no sums it could be worked out from.
    """
    with desk.acting(actor, now) as work:
        work.must(CURATE)
        work.trace(READ, "unmet")
        counts: Counter[tuple[str, str]] = Counter()
        for case in _waiting(work):
            heard = _heard(work, case)
            area, needs = heard.get(AREA), heard.get(NEEDS)
            if isinstance(area, str) and isinstance(needs, Mapping):
                counts.update((area, need) for need, weight in needs.items() if weight)
        return {cell: count for cell, count in sorted(counts.items()) if count >= LEAST_TOLD}


def _waiting(work: Work) -> list[str]:
    """Open cases with an INTERNAL consent in force whose person has found no place yet."""
    open_cases = select(Participant.id).where(Participant.closed_at.is_(None), Participant.label == CORE)
    settled = set(work.session.scalars(select(Placement.participant_id).where(Placement.stage.in_(FOUND))))
    standings = work.standings()
    return [case for case in work.session.scalars(open_cases.order_by(Participant.id))
            if case not in settled and INTERNAL in standings.get(case, STRANGER).consents]


def _heard(work: Work, case: str) -> dict[str, object]:
    """The two answers of one case that are counted, as far as they were given in the core."""
    rows = work.session.scalars(select(Answer).where(
        Answer.participant_id == case, Answer.label == CORE, Answer.field.in_((NEEDS, AREA))))
    heard = {}
    for row in rows:
        place = Place(Answer.__tablename__, "sealed", row.id)
        content = json.loads(unseal(case_key(work.session, work.keys, case), place, row.sealed))
        if content["state"] == VALUE:
            heard[row.field] = content["value"]
    return heard
