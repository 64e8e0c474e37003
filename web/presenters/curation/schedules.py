"""What does a phrase mean, and when would that be? Said beside the box it is typed into, with the next five dates."""

from dataclasses import dataclass
from datetime import date

from directory.curation.parts import Wrong, timetable
from directory.curation.timetables import typed_days
from directory.schedules import Schedule, next_dates, parse
from directory.schedules.model import REGULAR
from web.i18n import gettext as _
from web.presenters.dates import When, when

DATES = 5
LONGEST = 1_000


@dataclass(frozen=True)
class Reading:
    """How a phrase was read; not sure: it says what a person has to look at."""

    sure: bool
    sentence: str
    question: str = ""
    notices: tuple[str, ...] = ()
    dates: tuple[When, ...] = ()


def read_row(phrase: str, lines: str, today: date) -> Reading | None:
    """How one row of the form is read; None for an empty one."""
    if lines:
        try:
            return reading(Schedule.from_json(timetable(typed_days(lines, today))), today)
        except Wrong as wrong:
            return Reading(False, str(wrong))
    return reading(parse(phrase[:LONGEST]), today) if phrase else None


def reading(schedule: Schedule, today: date) -> Reading:
    """The rule in our words and the next five dates."""
    sure = schedule.state == REGULAR and bool(schedule.sentence)
    days = [when(row, today) for row in next_dates(schedule, today, DATES) if not row.cancelled]
    sentence = schedule.sentence if sure else _states().get(schedule.state, _("日時としては読めませんでした。書いたまま出します。"))
    return Reading(sure, sentence, schedule.question or "", (*schedule.notices, *schedule.remarks), tuple(days[:DATES]))


def _states() -> dict[str, str]:
    return {
        "irregular": _("日にちは決まっていない（不定期）と読みました。"),
        "ask": _("「電話で聞いてください」と出ます。"),
        "suspended": _("「いまはお休みしています」と出ます。"),
        "withheld": _("「日時は、申しこみのときにお伝えします」と出ます。"),
        "needs_review": _("はっきり読めないところがあります。日にちは出しません。"),
    }
