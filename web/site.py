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
from directory.wording import WordKeeper

JAPAN = ZoneInfo("Asia/Tokyo")
NOON = time(12)
KEY = "yoridokoro"


@dataclass(frozen=True)
class Site:
    """The parts of a running site; `now` is the only clock and gives the time on the wall in Japan.

    `files`: what the city's files say; `words` keeps what holds now.
    """

    city: City
    files: Vocabulary
    words: WordKeeper
    guide: Guide
    engine: Engine
    keeper: CatalogKeeper
    now: Callable[[], datetime]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words in force: those of the files and what the curation desk changed."""
        return self.words.current()


def site() -> Site:
    """The site this request belongs to."""
    return current_app.extensions[KEY]


def clock(settings: Settings) -> Callable[[], datetime]:
    """The real time in Japan, without a zone; or noon of the day the settings fix."""
    fixed = settings.today
    if fixed is not None:
        return lambda: datetime.combine(fixed, NOON)
    return lambda: datetime.now(JAPAN).replace(tzinfo=None)
