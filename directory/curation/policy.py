"""When is a listing due for a confirmation? Six months after the last one it is asked about; after twelve the public is told."""

from calendar import monthrange
from datetime import date

PROMPT_MONTHS, BADGE_MONTHS = 6, 12
# 電話の一覧 is made in time for the calls to be over before the badge appears.
PHONE_LIST_MONTHS = 11


def due_on(assured: date | None, due: date | None = None) -> date:
    """The day from which somebody should ask again; a listing nobody ever confirmed has been due since the beginning."""
    if due is not None:
        return due
    return months_after(assured, PROMPT_MONTHS) if assured is not None else date.min


def is_badged(assured: date | None, today: date) -> bool:
    """Does the public page say 「1年以上確認できていません」?"""
    return assured is None or months_after(assured, BADGE_MONTHS) <= today


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day; a negative number of months goes back."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
