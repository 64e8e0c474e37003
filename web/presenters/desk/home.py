"""What is due for one participant? A few words a row: no consent, no conditions yet, a hold that ends, an answer that came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from directory.inbox.questions import Question
from directory.vocabulary import Vocabulary
from matcher.access import OVER
from matcher.casework import UNASKED, Case, Heard, PlacementKept
from web.i18n import gettext as _
from web.presenters.desk.saying import moment
from web.presenters.desk.steps import steps

# A hold that ends within these days is told
SOON = timedelta(days=4)


@dataclass(frozen=True)
class Known:
    """What casework knows of a case, as far as the list says it."""

    answers: Mapping[str, Heard] = field(default_factory=dict)
    placements: Sequence[PlacementKept] = ()
    enquiries: Sequence[Question] = ()


@dataclass(frozen=True)
class Under:
    """A placement under way, in words."""

    listing_id: str
    stage: str
    held: str


@dataclass(frozen=True)
class CaseRow:
    """One participant of the list. `due`: what wants doing, `gaps`: what was asked of the SC and still waits."""

    case: Case
    due: tuple[str, ...]
    asked: int
    screens: int
    under: tuple[Under, ...]
    gaps: int
    answered: int

    @property
    def listings(self) -> tuple[str, ...]:
        """Whose names the row needs."""
        return tuple(one.listing_id for one in self.under)


def row_of(case: Case, known: Known, vocabulary: Vocabulary, now: datetime) -> CaseRow:
    """One row of the list."""
    done = {key for key, heard in known.answers.items() if heard.state != UNASKED}
    screens = steps(vocabulary).values()
    open_ones = [one for one in known.placements if one.stage not in OVER]
    answered = sum(1 for one in known.enquiries if one.answer is not None)
    return CaseRow(
        case=case, due=tuple(_due(case, known, bool(done), open_ones, now)),
        asked=sum(1 for step in screens if done.intersection(step.keys)), screens=len(screens),
        under=tuple(_under(one, vocabulary) for one in open_ones), gaps=len(known.enquiries) - answered, answered=answered)


def _due(
    case: Case, known: Known, heard: bool, open_ones: Sequence[PlacementKept], now: datetime
) -> list[str]:
    if not case.readable:
        return [_("同意がありません。同意をもらうまで、記録は開けません。")]
    found = [] if heard else [_("条件を まだ聞いていません")]
    for one in open_ones:
        if one.held_until is not None and one.held_until - now <= SOON:
            found.append(_("とってある席が %(day)sに切れます", day=moment(one.held_until)))
    return found


def _under(placement: PlacementKept, vocabulary: Vocabulary) -> Under:
    stages: Mapping[str, Any] = vocabulary.stages["placement"]
    held = _("席は%(day)sまで", day=moment(placement.held_until)) if placement.held_until else ""
    return Under(placement.listing_id, stages[placement.stage]["label"], held)
