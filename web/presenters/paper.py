"""What stands on a printed sheet of one place? The facts of its page, short enough for one side of A4."""

from dataclasses import dataclass
from datetime import date

from directory.exporters.qr import QrCode, qr_code
from web.i18n import gettext as _
from web.presenters.answers import AnswerGroup
from web.presenters.dates import When, full_date
from web.presenters.listing import ListingPage

DATES = 3
LONGEST_LEAD = 160


@dataclass(frozen=True)
class Sheet:
    """`given`: answers known, ○ and ×; `open_questions`: what to ask by telephone; `qr` leads back to the page."""

    page: ListingPage
    printed: str
    lead: str
    dates: tuple[When, ...]
    days_off: tuple[When, ...]
    first_day: tuple[str, ...]
    given: tuple[tuple[str, str], ...]
    open_questions: str
    qr: QrCode | None


def sheet(page: ListingPage, address: str, today: date) -> Sheet:
    """One place on paper."""
    words = page.listing.summary or page.listing.description or ""
    return Sheet(
        page=page,
        printed=_("%(day)s 印刷", day=full_date(today)),
        lead=words if len(words) <= LONGEST_LEAD else words[:LONGEST_LEAD] + "…",
        dates=tuple(row for row in page.dates if not row.off)[:DATES],
        days_off=tuple(row for row in page.dates if row.off),
        first_day=tuple(_("%(label)s：%(words)s", label=label, words=words) for label, words in page.first_day),
        given=_answers(page.groups),
        open_questions="、".join(answer.label for group in page.groups for answer in group.answers
                                if answer.mark == "unknown"),
        qr=qr_code(address),
    )


def _answers(groups: tuple[AnswerGroup, ...]) -> tuple[tuple[str, str], ...]:
    """○ first, then ×."""
    signs = {"yes": "○", "no": "×"}
    return tuple((sign, answer.label) for mark, sign in signs.items() for group in groups for answer in group.answers
                 if answer.mark == mark)
