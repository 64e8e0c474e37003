"""What does a test of casework find ready? An empty, migrated casework database of either kind, and a desk on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import URL, create_engine, text

from directory.db import make_engine
from directory.settings import Settings
from matcher import accounts
from matcher.desk import Desk, open_desk
from matcher.migrations import MIGRATIONS
from tests.conftest import BOTH_DATABASES, ROOT
from tests.matcher.office import Office


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its cheapest: a hundred accounts cost a second."""
    monkeypatch.setattr(accounts, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(params=BOTH_DATABASES)
def casework_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty, migrated casework database of the test's own, once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"casework_{request.param}_url")


@pytest.fixture
def casework_sqlite_url(tmp_path: Path, casework_file: Path) -> str:
    """The same on SQLite only."""
    return f"sqlite:///{shutil.copy(casework_file, tmp_path / 'casework.db')}"


@pytest.fixture
def casework_postgres_url(
    postgres_server: URL, casework_template: str, postgres_names: Iterator[int]
) -> Iterator[str]:
    """The same on PostgreSQL."""
    name = f"casework_{next(postgres_names)}"
    administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE {casework_template}")
    yield postgres_server.set(database=name).render_as_string(hide_password=False)
    administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def casework_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file in the newest shape, to be copied."""
    path = tmp_path_factory.mktemp("casework") / "migrated.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def casework_template(postgres_server: URL) -> str:
    """The name of a migrated database on the test server, to be copied."""
    administer(postgres_server, "CREATE DATABASE casework_migrated")
    migrate(postgres_server.set(database="casework_migrated").render_as_string(hide_password=False))
    return "casework_migrated"


@pytest.fixture
def settings(casework_url: str, tmp_path: Path) -> Settings:
    """Settings of this test's own instance."""
    return settings_for(casework_url, tmp_path)


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """A desk with staff and a few cases to be made."""
    desk = open_desk(settings)
    yield Office(desk)
    desk.close()


@pytest.fixture
def small_office(casework_sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """The same on SQLite only, for tests in which the database plays no part of its own."""
    desk: Desk = open_desk(settings_for(casework_sqlite_url, tmp_path))
    yield Office(desk)
    desk.close()


def settings_for(casework_url: str, folder: Path) -> Settings:
    return Settings(
        directory_database_url=f"sqlite:///{folder / 'directory.db'}", casework_database_url=casework_url,
        data=ROOT / "data", instance=folder / "instance",
    )


def migrate(url: str) -> None:
    engine = make_engine(url)
    MIGRATIONS.upgrade(engine)
    engine.dispose()


def administer(server: URL, statement: str) -> None:
    engine = create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
