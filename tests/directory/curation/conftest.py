"""Which database do the tests of the curation desk use? SQLite, and both in the long run; `both` always means both."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from directory.db import make_engine
from tests.conftest import BOTH_DATABASES

ON_POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.long])


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def database_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(params=BOTH_DATABASES)
def both_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def both(both_url: str) -> Iterator[Engine]:
    """An engine for tests in which the database plays a part of its own: locks, types, foreign keys."""
    engine = make_engine(both_url)
    yield engine
    engine.dispose()
