"""How long does a town of 5,000 listings take from its database to a catalog, and one edit until it can be found?"""

import time
from collections.abc import Iterator
from datetime import datetime


def catalog_timing(size: int, now: datetime) -> Iterator[str]:
    """Sentences for people."""
    started = time.perf_counter()
    yield f"({size} listings from a database: to be measured; {time.perf_counter() - started:.0f} s, {now:%Y})"
