"""How do other calendars write these days? As an RFC 5545 RRULE, where it can say them."""

from __future__ import annotations

from directory.schedules.model import Days

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rrule(days: Days) -> str | None:
    """FREQ=MONTHLY;BYDAY=+2TU,+4TU; None where 祝日, spans or 直後 are part of the selection: those need dates."""
    if days.holidays or days.spans or days.after:
        return None
    if days.monthdays:
        parts = ["FREQ=MONTHLY", f"BYMONTHDAY={','.join(map(str, days.monthdays))}"]
    elif days.ordinals:
        places = (f"{number:+d}{CODES[weekday]}" for weekday in days.weekdays or range(7) for number in days.ordinals)
        parts = ["FREQ=MONTHLY", f"BYDAY={','.join(places)}"]
    elif days.weekdays:
        parts = ["FREQ=WEEKLY", f"BYDAY={','.join(CODES[weekday] for weekday in days.weekdays)}"]
    else:
        parts = ["FREQ=DAILY"]
    if days.months:
        parts.append(f"BYMONTH={','.join(map(str, days.months))}")
    return ";".join(parts)
