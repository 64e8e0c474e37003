"""How do the pages reach casework? Through one desk a process, opened at the first private request and kept.

A start without the database or the keys would take the public pages of the same process down with it; so whoever asks
for a private page is told, and the next request tries again.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock

from flask import Flask, current_app

from directory.catalog import Catalog, CatalogKeeper
from directory.settings import Settings
from directory.japan_time import in_utc
from matcher.desk import Desk, open_desk
from web.site import KEY as SITE, site

KEY = "yoridokoro-door"


def real_time() -> datetime:
    """UTC without zone. A day fixed by the settings stops the calendar, never the clock sessions and codes go by."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass
class Door:
    """The desk of this process and the listings staff may see; a fork opens its own connections."""

    settings: Settings
    listings: CatalogKeeper
    clock: Callable[[], datetime] = real_time
    _desk: Desk | None = None
    _process: int = 0
    _lock: Lock = field(default_factory=Lock)

    def open(self) -> Desk:
        """The desk. Raises InvalidSettings or LostKeys while it cannot be opened."""
        with self._lock:
            if self._desk is None or self._process != os.getpid():
                self._desk, self._process = open_desk(self.settings), os.getpid()
            return self._desk


def register(app: Flask, settings: Settings) -> None:
    """Every application that serves staff has one."""
    the_site = app.extensions[SITE]
    app.extensions[KEY] = Door(settings, CatalogKeeper(the_site.engine, the_site.files, "desk"))


def desk() -> Desk:
    """The desk every use case of casework is given, with the words in force."""
    return replace(current_app.extensions[KEY].open(), vocabulary=site().vocabulary)


def listings() -> Catalog:
    """The listings staff may see, those for 支援者のみ too."""
    return current_app.extensions[KEY].listings.current(site().now())


def clock() -> datetime:
    """The moment for sessions and codes, UTC."""
    return current_app.extensions[KEY].clock()


def now() -> datetime:
    """The moment for casework, UTC: that of the calendar on the pages."""
    return in_utc(site().now())
