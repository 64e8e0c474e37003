"""What does every request need that is read only once? The city, its words, its listings, the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import Engine

from directory.catalog import CatalogKeeper
from directory.city import City
from directory.consulting import Guide
from directory.settings import Settings
from directory.vocabulary import Vocabulary

JAPAN = ZoneInfo("Asia/Tokyo")
NOON = time(12)
KEY = "yoridokoro"


@dataclass(frozen=True)
class Site:
    """The parts of a running site; `now` is the only clock and gives the time on the wall in Japan."""

    city: City
    vocabulary: Vocabulary
    guide: Guide
    engine: Engine
    keeper: CatalogKeeper
    now: Callable[[], datetime]


def site() -> Site:
    """The site this request belongs to."""
    return current_app.extensions[KEY]


def clock(settings: Settings) -> Callable[[], datetime]:
    """The real time in Japan, without a zone; or noon of the day the settings fix."""
    fixed = settings.today
    if fixed is not None:
        return lambda: datetime.combine(fixed, NOON)
    return lambda: datetime.now(JAPAN).replace(tzinfo=None)
