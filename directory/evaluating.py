"""On what are labelled queries and cases tried? On the sample city as it stood on the day they were written for, in a
throw-away database; queries with the words of the files, or with a change laid over them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from directory import migrations
from directory.catalog import CatalogKeeper
from directory.db import make_engine
from directory.evaluation import DEPTH, Outcome
from directory.gold import Gold, LabelledQuery
from directory.sample import load_sample
from directory.search import SearchPage, SearchQuery, search
from directory.vocabulary import Vocabulary

GOLD = Path("gold/search_queries.yml")

Find = Callable[[str], SearchPage]


@contextmanager
def sample_city(data: Path, now: datetime) -> Iterator[Engine]:
    """The sample city of `data` as it stands at `now`, in a database that is thrown away."""
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/evaluation.db")
        try:
            migrations.upgrade(engine)
            load_sample(engine, data, today=now.date(), now=now)
            yield engine
        finally:
            engine.dispose()


def finder(engine: Engine, vocabulary: Vocabulary, now: datetime) -> Find:
    """The public search over that city, in these words."""
    catalog = CatalogKeeper(engine, vocabulary).current(now)
    return lambda q: search(catalog, SearchQuery(q=q), now)


def outcomes(gold: Gold, find: Find, progress: Callable[[Sequence], Iterable] = iter) -> list[Outcome]:
    """Search every labelled query once, in file order."""
    return [outcome(query, find(query.q)) for query in progress(gold.queries)]


def outcome(query: LabelledQuery, page: SearchPage) -> Outcome:
    """What the first page brought for one labelled query."""
    ranking = tuple(hit.listing.source_key for hit in page.hits[:DEPTH])
    return Outcome(query.q, query.group, query.part, query.judgements, ranking, page.total)
