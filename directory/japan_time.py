"""What time is it on the wall in Japan? Stored times are UTC without a zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def in_japan(moment: datetime) -> datetime:
    """A UTC time without a zone as time on the wall in Japan, without a zone."""
    return moment.replace(tzinfo=UTC).astimezone(JAPAN).replace(tzinfo=None)


def in_utc(moment: datetime) -> datetime:
    """Time on the wall in Japan as UTC, both without a zone."""
    return moment.replace(tzinfo=JAPAN).astimezone(UTC).replace(tzinfo=None)
