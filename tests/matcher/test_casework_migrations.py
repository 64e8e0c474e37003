"""Do the migrations make exactly the tables that the models of casework describe, on both databases?"""

import pytest
from sqlalchemy import create_mock_engine, inspect

from directory.db import make_engine
from matcher.db import Base
from matcher.migrations import MIGRATIONS


@pytest.fixture
def engine(casework_url):
    engine = make_engine(casework_url)
    yield engine
    engine.dispose()


def tables(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_a_migrated_database_is_what_the_models_describe(engine):
    assert MIGRATIONS.differences(engine) == []
    assert tables(engine) == set(Base.metadata.tables)
    assert MIGRATIONS.current(engine) == MIGRATIONS.newest()


def test_down_and_up_again_gives_the_same_database(engine):
    MIGRATIONS.downgrade(engine, "base")
    assert tables(engine) == set()
    MIGRATIONS.upgrade(engine)
    assert MIGRATIONS.differences(engine) == []


@pytest.mark.parametrize("url", ["sqlite://", "postgresql+psycopg://"])
def test_every_constraint_has_a_name_by_which_it_can_be_changed_later(url):
    statements = []
    engine = create_mock_engine(url, lambda statement, *_, **__: statements.append(str(statement.compile(engine))))
    Base.metadata.create_all(engine, checkfirst=False)
    unnamed = [line for statement in statements for line in statement.splitlines() if line.strip().startswith(
        ("PRIMARY KEY", "FOREIGN KEY", "UNIQUE", "CHECK"))]
    assert unnamed == []
