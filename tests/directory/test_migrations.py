"""Do the migrations make exactly the tables that the models describe, on both databases?"""

import pytest
from sqlalchemy import Column, String, Table, create_mock_engine, inspect, text

from directory import migrations
from directory.db import Base, make_engine


def tables(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_a_migrated_database_is_what_the_models_describe(engine):
    assert migrations.differences(engine) == []
    assert tables(engine) == set(Base.metadata.tables)
    assert migrations.current(engine) == migrations.newest()


def test_a_model_without_a_migration_is_noticed(engine):
    forgotten = Table("forgotten", Base.metadata, Column("id", String(36), primary_key=True))
    try:
        assert [difference[0] for difference in migrations.differences(engine)] == ["add_table"]
    finally:
        Base.metadata.remove(forgotten)


def test_down_and_up_again_gives_the_same_database(engine):
    migrations.downgrade(engine, "base")
    assert tables(engine) == set()
    migrations.upgrade(engine)
    assert migrations.differences(engine) == []


def test_upgrading_twice_keeps_what_was_written(engine):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO directory_state (id, revision) VALUES (1, 7)"))
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT revision FROM directory_state")) == 7


def test_foreign_keys_are_watched_again_after_a_migration(sqlite_url):
    engine = make_engine(sqlite_url)
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "postgresql+psycopg://"])
def test_every_constraint_has_a_name_by_which_it_can_be_changed_later(url):
    statements = []
    engine = create_mock_engine(url, lambda statement, *_, **__: statements.append(str(statement.compile(engine))))
    Base.metadata.create_all(engine, checkfirst=False)
    unnamed = [line for statement in statements for line in statement.splitlines() if line.strip().startswith(
        ("PRIMARY KEY", "FOREIGN KEY", "UNIQUE", "CHECK"))]
    assert unnamed == []
