"""What does the directory know about itself? How many places, how many confirmed, from which sources."""

from collections import Counter
from datetime import datetime

from directory.catalog import Catalog
from directory.freshness import confirmed_within
from web.i18n import gettext as _
from web.presenters.dates import full_date
from web.presenters.places import all_listings

A_YEAR = 365
SOURCES_SHOWN = 8


def about_view(catalog: Catalog, now: datetime) -> dict[str, object]:
    """Everything the template of /about prints, by name."""
    sources = Counter(listing.source_name or _("名前のない資料") for listing in catalog.once(all_listings))
    ordered = sorted(sources.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "day": full_date(now.date()),
        "total": catalog.size,
        "half_a_year": confirmed_within(catalog),
        "a_year": confirmed_within(catalog, A_YEAR),
        "sources": ordered[:SOURCES_SHOWN],
        "other_sources": ordered[SOURCES_SHOWN:],
    }
