"""The town and the moment the searches of these tests are made in."""

from datetime import datetime
from pathlib import Path

from directory.vocabulary import load_vocabulary
from tests.factories import add_listing

# A Tuesday
NOW = datetime(2026, 11, 24, 9, 0)
VOCABULARY = load_vocabulary(Path("data/vocabulary"))


def names(page):
    return {hit.listing.name for hit in page.hits}


def place(engine, name, phrase="毎週水曜日 10時～12時", **more):
    service = {"name": name, **more.pop("service", {})}
    return add_listing(engine, service=service, phrases=[phrase] if phrase else [], **more)
