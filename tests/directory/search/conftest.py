"""A search over the test's own database."""

import pytest

from directory.catalog import CatalogKeeper
from directory.search import read_parameters, search
from tests.directory.search.town import NOW, VOCABULARY


@pytest.fixture
def find(engine):
    """Searches the test's database: find("体操", area="佐伯") → SearchPage."""
    def find(q="", **values):
        catalog = CatalogKeeper(engine, VOCABULARY).current(NOW)
        pairs = [(name.rstrip("_"), one) for name, given in values.items()
                 for one in ([given] if isinstance(given, str) else given)]
        return search(catalog, read_parameters([("q", q), *pairs], catalog), NOW)
    return find
